import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/domain/json.ts';
import { validateJson } from '../../../src/core/evaluation/validateJson.ts';
import { renderHtml } from '../../../src/core/reporting/renderHtml.ts';
import { renderMarkdown } from '../../../src/core/reporting/renderMarkdown.ts';
import { parseReport } from '../../../src/core/reporting/reportSchema.ts';
import { seededOrder } from '../../../src/core/statistics/seededOrder.ts';
import { compareWithVector } from '../../support/compareWithVector.ts';
import { runOp } from '../../support/statisticsOps.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const kept = (name: string): Promise<string> =>
  readFile(path.join(root, 'docs/examples/summaries', name), 'utf8');

async function keptReport() {
  const report = parseReport(JSON.parse(await kept('report.json')));
  if (report?.kind !== 'abtest') throw new Error('the kept report is no report of an A/B test');
  return report;
}

test('the kept report fits the published schema and names no folder of any machine', async () => {
  const schema = JSON.parse(
    await readFile(path.join(root, 'schemas/report.schema.json'), 'utf8'),
  ) as JsonObject;
  const text = await kept('report.json');
  expect(await validateJson(JSON.parse(text) as JsonValue, schema)).toEqual({ status: 'valid' });
  expect(text).not.toMatch(/"(\/|[A-Za-z]:\\)|\/(home|root|Users|tmp)\//);
});

test('the renderers still give the kept Markdown and HTML', async () => {
  const report = await keptReport();
  expect(renderMarkdown(report)).toBe(await kept('report.md'));
  expect(renderHtml(report)).toBe(await kept('report.html'));
});

test('the kept verdict follows from the kept scores', async () => {
  const report = await keptReport();
  const order = seededOrder(1, report.cases.length);
  const scores = report.variants.map(({ id }) =>
    order.map((i) => (report.cases[i]?.results[id] ?? []).map(({ score }) => score)),
  );
  const analysis = runOp('analyze', { scores, mode: 'live', planned: report.cases.length }) as JsonObject;
  const { verdict, variants } = report;
  expect(report.cases).toHaveLength(10);
  expect(analysis['verdict']).toBe(verdict.outcome);
  expect(analysis['survivesOneBadCase']).toBe(verdict.survivesOneBadCase);
  const found = {
    confidence: verdict.confidence,
    chanceBest: verdict.chanceBest,
    variants: variants.map(({ mean, interval }) => ({ mean, lo: interval?.low, hi: interval?.high })),
  };
  const { confidence, chanceBest, variants: means } = analysis;
  expect(compareWithVector({ confidence, chanceBest, variants: means }, found, 1e-9)).toEqual([]);
});
