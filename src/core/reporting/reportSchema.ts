import { z } from 'zod';
import { failureCodes } from '../domain/failure.ts';
import { reportSchemaVersion, type Report } from '../domain/report.ts';
import { verdictOutcomes } from '../domain/verdict.ts';

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const tokens = z.number().min(0).nullable();
const usd = z.number().min(0).nullable();
const text = z.string();

const evaluation = z.object({
  name: text,
  score: share.nullable(),
  passed: z.boolean().nullable(),
  reason: text.nullable(),
});
const result = z.object({
  output: text,
  score: share.nullable(),
  passed: z.boolean().nullable(),
  evaluations: z.array(evaluation),
  failure: z
    .object({ code: z.enum(failureCodes), message: text, hint: text, retryable: z.boolean() })
    .nullable(),
  timing: z.object({ totalMs: z.number().min(0), firstTextMs: z.number().min(0).nullable() }),
  usage: z.object({ inputTokens: tokens, outputTokens: tokens, cachedInputTokens: tokens }),
  costUsd: usd,
  cached: z.boolean(),
});
const caseData = { id: text, vars: z.record(text, z.json()), expected: text.nullable() };

const testReport = z.object({
  schemaVersion: z.literal(reportSchemaVersion),
  kind: z.literal('test'),
  prompts: z.array(
    z.object({
      name: text,
      file: text,
      backend: text.nullable(),
      model: text.nullable(),
      declared: z.object({ description: text.nullable(), model: text.nullable() }).optional(),
      passed: count,
      failed: count,
      errors: count,
      cases: z.array(z.object({ ...caseData, results: z.array(result) })),
    }),
  ),
  summary: z.object({ passed: count, failed: count, errors: count, passRate: share.nullable() }),
});

const ratio = z
  .object({
    ratio: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    pValue: share,
  })
  .nullable();
const variant = z.object({
  id: text,
  label: text,
  prompt: text,
  ref: text.nullable(),
  backend: text.nullable(),
  model: text.nullable(),
  cases: count,
  failures: count,
  mean: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number(), level: share }).nullable(),
  passRate: share.nullable(),
  latencyMs: z.object({ median: z.number().nullable(), p95: z.number().nullable() }),
  tokens: z.object({ input: tokens, output: tokens }),
  costUsd: usd,
  judgeCostUsd: usd,
});
export const comparisonSchema = z.object({
  a: text,
  b: text,
  difference: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  pValue: share.nullable(),
  adjustedPValue: share.nullable(),
  confidence: share,
  wins: count,
  losses: count,
  ties: count,
  n: count,
  lossRateUpper: share.nullable().optional(),
  ratios: z.object({ latency: ratio, tokens: ratio, cost: ratio }),
});
export const outcomeSchema = z.enum(verdictOutcomes);
const verdict = z.object({
  outcome: outcomeSchema,
  winner: text.nullable(),
  leader: text.nullable(),
  confidence: share.nullable(),
  chanceBest: share.nullable(),
  survivesOneBadCase: z.boolean(),
  reason: z.enum(['too_few_cases', 'missing_data', 'inconclusive']).nullable(),
  sentence: text,
  moreCases: z.object({ forMinEffect: count.nullable(), forCurrentEffect: count.nullable() }),
});
export const stateSchema = z.enum(['finished', 'stopped-early', 'budget', 'cancelled', 'failed']);
const abReport = z.object({
  schemaVersion: z.literal(reportSchemaVersion),
  kind: z.literal('abtest'),
  name: text,
  startedAt: z.iso.datetime({ offset: true }),
  finishedAt: z.iso.datetime({ offset: true }),
  state: stateSchema,
  metric: z.object({ name: text, direction: z.enum(['higher', 'lower']) }),
  confidenceLevel: share,
  minEffect: z.number().min(0),
  variants: z.array(variant),
  comparisons: z.array(comparisonSchema),
  verdict,
  cases: z.array(z.object({ ...caseData, results: z.record(text, z.array(result)) })),
});

/** What `--json` prints and `report.json` holds; `schemas/report.schema.json` is made from it. */
export const reportSchema = z.discriminatedUnion('kind', [testReport, abReport]);

/** The published JSON Schema. It refuses fields it does not know; the reader of stored reports passes over them. */
export function reportJsonSchema(): object {
  return { title: 'Promptly report', ...z.toJSONSchema(reportSchema) };
}

/** Reads a stored report; null when it is none that this version understands. */
export function parseReport(value: unknown): Report | null {
  const parsed = reportSchema.safeParse(value);
  // Backends are kept as text: a stored report may name one that this version does not know.
  return parsed.success ? (parsed.data as Report) : null;
}
