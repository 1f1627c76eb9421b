import * as z from 'zod/v4';
import { verdictOutcomes } from '../../core/domain/verdict.ts';

const number = z.number().nullable();
const ratio = z.object({ ratio: z.number(), low: number, high: number, pValue: z.number() }).nullable();

/** The report of `promptly ab --json` with the scores of its cases instead of their outputs. */
export const abTestResult = z.object({
  test_name: z.string(),
  run: z
    .string()
    .nullable()
    .describe('The stored run: promptly report <run> shows it whole. null: it could not be stored.'),
  state: z.enum(['finished', 'stopped-early', 'budget', 'cancelled', 'failed']),
  sentence: z.string().describe('The verdict in plain words.'),
  verdict: z.object({
    outcome: z.enum(verdictOutcomes),
    winner: z.string().nullable(),
    leader: z.string().nullable(),
    confidence: number.describe(
      '1 minus the level at which the leader beats every rival; not the probability that it is better (chanceBest).',
    ),
    chanceBest: number,
    survivesOneBadCase: z.boolean(),
    reason: z.string().nullable(),
    sentence: z.string(),
    moreCases: z.object({ forMinEffect: number, forCurrentEffect: number }),
  }),
  metric: z.object({ name: z.string(), direction: z.enum(['higher', 'lower']) }),
  confidenceLevel: z.number(),
  minEffect: z.number(),
  variants: z
    .array(
      z.object({
        id: z.string(),
        label: z.string(),
        prompt: z.string(),
        ref: z.string().nullable(),
        backend: z.string().nullable(),
        model: z.string().nullable(),
        cases: z.number(),
        failures: z.number(),
        mean: number,
        interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).nullable(),
        passRate: number,
        latencyMs: z.object({ median: number, p95: number }),
        tokens: z.object({ input: number, output: number }),
        costUsd: number,
        judgeCostUsd: number,
      }),
    )
    .readonly(),
  comparisons: z
    .array(
      z.object({
        a: z.string(),
        b: z.string(),
        difference: number.describe('b minus a.'),
        interval: z.object({ low: z.number(), high: z.number() }).nullable(),
        pValue: number,
        adjustedPValue: number,
        confidence: z.number(),
        wins: z.number().describe('Cases where b is better.'),
        losses: z.number(),
        ties: z.number(),
        n: z.number(),
        lossRateUpper: number
          .optional()
          .describe('Upper 95% bound of the share of cases on which b is worse.'),
        ratios: z.object({ latency: ratio, tokens: ratio, cost: ratio }),
      }),
    )
    .readonly(),
  cases: z.array(
    z.object({
      id: z.string(),
      scores: z
        .record(z.string(), z.array(number))
        .describe('By variant, one for each repetition; null: none.'),
    }),
  ),
  notes: z.array(z.string()),
});
