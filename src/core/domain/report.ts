import type { BackendId } from './backendId.ts';
import type { ComparedMetric, PairComparison } from './comparison.ts';
import type { Failure } from './failure.ts';
import type { JsonValue } from './json.ts';
import type { RunState } from './runEvent.ts';
import type { Verdict } from './verdict.ts';

/** What a run found, as it is stored and printed by `--json`. Field names are stable; `kind` tells the two apart. */
export type Report = TestReport | AbReport;

export const reportSchemaVersion = 1;

export interface ReportedEvaluation {
  readonly name: string;
  /** 0..1; null when there is none, then `reason` says why. */
  readonly score: number | null;
  readonly passed: boolean | null;
  readonly reason: string | null;
}

/** One call: one repetition of a case on a variant. */
export interface ReportedResult {
  readonly output: string;
  /** The quality, 0..1; null when it is missing. */
  readonly score: number | null;
  readonly passed: boolean | null;
  readonly evaluations: readonly ReportedEvaluation[];
  readonly failure: Failure | null;
  readonly timing: { readonly totalMs: number; readonly firstTextMs: number | null };
  readonly usage: {
    readonly inputTokens: number | null;
    readonly outputTokens: number | null;
    readonly cachedInputTokens: number | null;
  };
  /** US dollars; null where the price is unknown. */
  readonly costUsd: number | null;
  readonly cached: boolean;
}

interface ReportedCaseData {
  readonly id: string;
  readonly vars: Readonly<Record<string, JsonValue>>;
  readonly expected: string | null;
}

export interface TestedCase extends ReportedCaseData {
  readonly results: readonly ReportedResult[];
}

export interface TestedPrompt {
  readonly name: string;
  readonly file: string;
  readonly backend: BackendId | null;
  readonly model: string | null;
  /** What the prompt's file says of itself; missing in reports of earlier versions. */
  readonly declared?: { readonly description: string | null; readonly model: string | null };
  /** Results, each repetition counted. */
  readonly passed: number;
  readonly failed: number;
  /** Results that could not run or be scored. */
  readonly errors: number;
  readonly cases: readonly TestedCase[];
}

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  /** 0..1 over scored results; null when there are none. */
  readonly passRate: number | null;
}

export interface TestReport {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly kind: 'test';
  readonly prompts: readonly TestedPrompt[];
  readonly summary: TestSummary;
}

export interface ReportedVariant {
  readonly id: string;
  readonly label: string;
  readonly prompt: string;
  readonly ref: string | null;
  readonly backend: BackendId | null;
  readonly model: string | null;
  /** Cases with a score. */
  readonly cases: number;
  readonly failures: number;
  /** In the metric's unit. */
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  readonly passRate: number | null;
  readonly latencyMs: { readonly median: number | null; readonly p95: number | null };
  readonly tokens: { readonly input: number | null; readonly output: number | null };
  readonly costUsd: number | null;
  readonly judgeCostUsd: number | null;
}

/** A pair as it is reported: b against a. The difference, its interval and the p values are null without a case to compare. */
export interface ReportedComparison extends Pick<
  PairComparison,
  'a' | 'b' | 'difference' | 'confidence' | 'wins' | 'losses' | 'ties' | 'n' | 'ratios'
> {
  /** Upper 95% bound of the share of cases on which b is worse; null without a case, absent in reports of older versions. */
  readonly lossRateUpper?: number | null;
  readonly interval: PairComparison['interval'] | null;
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
}

export interface ComparedCase extends ReportedCaseData {
  /** Variant id → its repetitions. */
  readonly results: Readonly<Record<string, readonly ReportedResult[]>>;
}

export interface AbReport {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly kind: 'abtest';
  readonly name: string;
  /** ISO 8601 */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly state: RunState;
  readonly metric: ComparedMetric;
  readonly confidenceLevel: number;
  readonly minEffect: number;
  readonly variants: readonly ReportedVariant[];
  readonly comparisons: readonly ReportedComparison[];
  readonly verdict: Verdict;
  readonly cases: readonly ComparedCase[];
}
