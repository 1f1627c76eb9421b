import { expect, test } from 'vitest';
import type { ExperimentPlan } from '../../../../../src/core/domain/experimentPlan.ts';
import type { RunEvent } from '../../../../../src/core/domain/runEvent.ts';
import { RunProgress } from '../../../../../src/hosts/vscode/panel/runProgress.ts';
import { toPlanFacts } from '../../../../../src/hosts/vscode/panel/toPlanFacts.ts';
import { isPanelFacts } from '../../../../../src/protocol/panelPlan.ts';
import { isPanelRun } from '../../../../../src/protocol/panelRunGuards.ts';
import { compareVariants } from '../../../../../src/core/experiments/compareVariants.ts';
import { casesFrom, setupOf } from '../../../../support/scoredCases.ts';
import { resultOf } from '../../../../support/reports.ts';
import { sampleReport } from '../../../../support/panel/sampleReport.ts';

const variant = (label: string): ExperimentPlan['variants'][number] => ({
  id: label.toLowerCase(),
  label,
  prompt: `prompts/${label}.prompt.yaml`,
  ref: label === 'A' ? 'HEAD' : null,
  commit: null,
  target: { type: 'chain', steps: [], path: '/w/prompts/a.prompt.yaml' },
  route: { backend: 'ollama', model: 'llama3.2:3b', reason: '' },
  callsPerCell: 1,
  notApplied: [],
});

const plan: ExperimentPlan = {
  kind: 'abtest',
  name: 'A or B?',
  path: '/w/prompts/test.prompt.yaml',
  workspaceFolder: '/w',
  variants: [variant('A'), variant('B')],
  suites: [{ name: 'A or B?', path: '/w/prompts/test.prompt.yaml', evaluators: [], variants: [0, 1] }],
  cases: ['one', 'two', 'three', 'four'].map((id) => ({ id, variables: {}, suite: 0 })),
  repetitions: 1,
  seed: 1,
  metric: { name: 'quality', direction: 'higher', scale: 'unit' },
  mode: 'live',
  confidenceLevel: 0.95,
  minEffect: 0.05,
  stopEarly: false,
  concurrency: null,
  budget: {},
  estimate: { calls: 8, judgeCalls: 0, inputTokens: 80, outputTokens: 40, costUsd: null, minutes: 0.2 },
  programs: { executors: [], scripts: [] },
};

const { output, timing, usage, costUsd, cached } = resultOf();
const result = { output, timing, usage, costUsd, cached, failure: null, attempts: 1, finishReason: null };
const failure = { code: 'timed-out', message: 'No answer.', hint: 'Wait.', retryable: true } as const;
const finished = (cellId: string, failed = false): RunEvent => ({
  type: 'cell-finished',
  cellId,
  result: { ...result, failure: failed ? failure : null },
});

test('counts calls by variant; the steps of a chain count as one; the newest failures come first', () => {
  const progress = new RunProgress(plan);
  for (const event of [
    finished('c0-v0-r0/first'),
    finished('c0-v0-r0/second'),
    finished('c0-v1-r0'),
    finished('c2-v1-r0', true),
    finished('c3-v1-r0', true),
    finished('judge-of-something'),
    finished('c9-v0-r0'),
  ]) {
    progress.apply(event);
  }
  const shown = progress.snapshot('running', 6000);
  expect(isPanelRun(shown)).toBe(true);
  expect(shown.variants.map(({ done, planned, failures }) => [done, planned, failures])).toEqual([
    [1, 4, 0],
    [3, 4, 2],
  ]);
  expect(shown.failures.map(({ caseId, variant: id }) => `${caseId} ${id}`)).toEqual(['four b', 'three b']);
  expect(shown.leftMs).toBe(6000);
  expect(shown.leftCostUsd).toBeNull();
});

test('the confidence has a place for every case, also when several come through at once', () => {
  const progress = new RunProgress(plan);
  const comparison = compareVariants(setupOf(['A', 'B']), casesFrom([0.1, 0.2, 0.3], [0.5, 0.6, 0.7]));
  const counts = {
    plannedCases: 4,
    cells: 6,
    plannedCells: 8,
    failedCells: 0,
    costUsd: 0.6,
    judgeCostUsd: null,
    standing: null,
  };
  progress.apply({ type: 'verdict-updated', cases: 1, ...counts, comparison });
  progress.apply({ type: 'verdict-updated', cases: 3, ...counts, comparison });
  const shown = progress.snapshot('running', 1000);
  expect(shown.confidences).toEqual(Array(3).fill(comparison.verdict.confidence));
  expect(shown.cases).toEqual({ done: 3, planned: 4 });
  expect(shown.variants.map(({ mean }) => mean)).toEqual(comparison.variants.map(({ mean }) => mean));
});

test('a resumed run begins where the earlier part ended, without what failed there', () => {
  const report = sampleReport({ cases: 2, labels: ['A', 'B'] });
  const [first, second] = report.cases;
  const progress = new RunProgress(plan);
  progress.seed({
    ...report,
    cases: [
      { ...first!, id: 'one' },
      { ...second!, id: 'two', results: { a: [resultOf()], b: [resultOf({ failure })] } },
    ],
  });
  expect(progress.snapshot('starting', 0).variants.map(({ done }) => done)).toEqual([2, 1]);
});

test('what a plan will do is shown', () => {
  const facts = toPlanFacts(plan, ['Few cases.']);
  expect(isPanelFacts(facts)).toBe(true);
  expect(facts.variants.map(({ detail }) => detail)).toEqual([
    'prompts/A.prompt.yaml at HEAD · ollama · llama3.2:3b',
    'prompts/B.prompt.yaml · ollama · llama3.2:3b',
  ]);
});

test('a model that is a file goes by its name', () => {
  const [first, ...others] = plan.variants;
  const route = { backend: 'builtin', model: '/home/me/models/small.gguf', reason: '' } as const;
  const [shown] = toPlanFacts({ ...plan, variants: [{ ...first!, route }, ...others] }, []).variants;
  expect(shown?.detail).toBe('prompts/A.prompt.yaml at HEAD · builtin · small.gguf');
});
