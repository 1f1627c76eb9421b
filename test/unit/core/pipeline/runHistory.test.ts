import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDiskRunStore } from '../../../../src/adapters/node/diskRunStore.ts';
import type { HumanLabel } from '../../../../src/core/domain/humanLabel.ts';
import type { JsonValue } from '../../../../src/core/domain/json.ts';
import { createPipeline } from '../../../../src/core/pipeline/createPipeline.ts';
import type { Experiments } from '../../../../src/core/pipeline/experiments/experiments.ts';
import { engineWorld } from '../../../support/engineWorld.ts';
import { abReport, testReport } from '../../../support/reports.ts';

let folder: string;
let experiments: Experiments;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'promptly-history-'));
  const store = createDiskRunStore({ folder });
  experiments = createPipeline(engineWorld({ runsFor: () => store })).experiments;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Made {
  readonly about?: string;
  readonly kind?: string;
  readonly report?: unknown;
}

async function make(runId: string, name: string, made: Made = {}): Promise<void> {
  const store = createDiskRunStore({ folder });
  const { about = '/w/a.prompt.yaml', kind = 'abtest', report = abReport } = made;
  const journal = await store.create(runId, { schemaVersion: 1, path: about, plan: { kind, name } });
  if (report !== null) {
    await journal.writeReport(report as JsonValue);
    await journal.append({ type: 'run-finished', state: 'finished', finishedAt: 'now' });
  }
  await journal.close();
}

describe('history', () => {
  test('runs of the same test, oldest first; unfinished ones too, others not', async () => {
    await make('2026-10-01T10-00-00-000-which', 'Which?');
    await make('2026-10-02T10-00-00-000-which', 'Which?', { report: null });
    await make('2026-10-03T10-00-00-000-which', 'Which?', { about: '/w/b.prompt.yaml' });
    await make('2026-10-04T10-00-00-000-which', 'Which?', { kind: 'test', report: testReport });
    await make('2026-10-05T10-00-00-000-other', 'Other');
    await make('2026-10-06T10-00-00-000-which-2', 'Which?');
    const runs = await experiments.history('/w/a.prompt.yaml', '2026-10-01T10-00-00-000-which');
    expect(runs.map(({ runId, state }) => [runId.slice(0, 10), state])).toEqual([
      ['2026-10-01', 'finished'],
      ['2026-10-02', null],
      ['2026-10-06', 'finished'],
    ]);
    expect(runs[0]).toMatchObject({
      metric: abReport.metric.name,
      variants: abReport.variants.map(({ label, mean }) => ({ label, mean })),
    });
    expect(runs[1]).toMatchObject({ startedAt: '2026-10-02T10:00:00.000Z', variants: [] });
  });

  test('the newest, and the run itself, where there are many', async () => {
    const id = (day: number): string => `2026-10-0${day}T10-00-00-000-which`;
    for (const day of [1, 2, 3, 4, 5]) await make(id(day), 'Which?');
    const runs = await experiments.history('/w/a.prompt.yaml', id(2), 2);
    expect(runs.map(({ runId }) => runId)).toEqual([id(2), id(4), id(5)]);
  });

  test('a test run has its pass rate', async () => {
    await make('2026-10-04T10-00-00-000-t', 't', { kind: 'test', report: testReport });
    const [run] = await experiments.history('/w/a.prompt.yaml', '2026-10-04T10-00-00-000-t');
    expect(run).toMatchObject({
      metric: 'passRate',
      variants: [{ label: 'Result', mean: testReport.summary.passRate }],
    });
  });

  test('what is no run has no history', async () => {
    expect(await experiments.history('/w/a.prompt.yaml', 'nothing')).toEqual([]);
  });
});

describe('labels', () => {
  const label: HumanLabel = { caseId: 'a', variant: 'x', repetition: 0, label: 'good' };

  test('are kept beside the run and read again', async () => {
    await make('run', 'run');
    expect(await experiments.labels('/w/a', 'run')).toEqual([]);
    await experiments.saveLabels('/w/a', 'run', [label]);
    await experiments.saveLabels('/w/a', 'run', [label, { ...label, repetition: 1, label: 'bad' }]);
    expect(await experiments.labels('/w/a', 'run')).toHaveLength(2);
  });

  test('a broken file has none; what is no label is left out', async () => {
    await make('run', 'run');
    const file = path.join(folder, 'run', 'labels.json');
    await writeFile(file, '{"labels": [');
    expect(await experiments.labels('/w/a', 'run')).toEqual([]);
    await writeFile(file, JSON.stringify({ schemaVersion: 1, labels: [label, { caseId: 1 }, null] }));
    expect(await experiments.labels('/w/a', 'run')).toEqual([label]);
  });

  test('there is nothing to label where there is no run', async () => {
    await expect(experiments.saveLabels('/w/a', 'gone', [label])).rejects.toMatchObject({
      reason: 'not-found',
    });
  });
});
