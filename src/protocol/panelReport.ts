import type { AbReport, ReportedEvaluation, TestSummary } from '../core/domain/report.ts';
import type { Failure } from '../core/domain/failure.ts';

/** One column of the case table: a variant, or the single result of a test run. */
export interface PanelColumn {
  readonly id: string;
  readonly label: string;
  /** Prompt, revision, backend and model, as far as they are known. */
  readonly detail: string;
}

/** A case on one variant, its repetitions taken together. */
export interface PanelCell {
  /** Mean over the repetitions with a score, 0..1; null without one. */
  readonly score: number | null;
  /** Every scored repetition passed; null without one. */
  readonly passed: boolean | null;
  /** Repetitions without a score. */
  readonly missing: number;
  /** Repetitions that ended with a failure. */
  readonly failures: number;
  /** Median over the calls that were not answered from the cache, in milliseconds. */
  readonly latencyMs: number | null;
}

export interface PanelRow {
  readonly id: string;
  /** The case's values on one line, cut. */
  readonly label: string;
  /** In the order of the columns. */
  readonly cells: readonly PanelCell[];
}

/** The statistics of an A/B test: its report without the cases. */
export type PanelExperiment = Pick<
  AbReport,
  'metric' | 'confidenceLevel' | 'minEffect' | 'variants' | 'comparisons' | 'verdict'
>;

/** Calls that failed the same way. */
export interface PanelFailures extends Pick<Failure, 'code' | 'message' | 'hint'> {
  readonly count: number;
}

/** A stored run as the panel shows it. Outputs are left out: they come one case at a time, as `CaseDetail`. */
export interface PanelReport {
  readonly title: string;
  /** ISO 8601; null for test runs, which do not keep it. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Why it ended before its end, in words; null when it did not. */
  readonly stateWords: string | null;
  /** The run can go on from where it ended. */
  readonly resumable: boolean;
  readonly columns: readonly PanelColumn[];
  /** null for a test run. */
  readonly experiment: PanelExperiment | null;
  /** null for an A/B test. */
  readonly summary: TestSummary | null;
  /** By column: milliseconds of each call that succeeded and was not answered from the cache. */
  readonly latenciesMs: readonly (readonly number[])[];
  /** The most frequent first; `failureCount` counts all. */
  readonly failures: readonly PanelFailures[];
  readonly failureCount: number;
  readonly rows: readonly PanelRow[];
}

/** One call's result in full. */
export interface DetailResult {
  /** Cut at `outputLimit` characters. */
  readonly output: string;
  /** Characters before the cut. */
  readonly outputLength: number;
  readonly score: number | null;
  readonly passed: boolean | null;
  readonly evaluations: readonly ReportedEvaluation[];
  readonly failure: Failure | null;
  readonly totalMs: number;
  readonly firstTextMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  readonly cached: boolean;
}

export interface CaseDetail {
  readonly caseId: string;
  readonly vars: readonly { readonly name: string; readonly value: string }[];
  readonly expected: string | null;
  /** By column, then by repetition. */
  readonly results: readonly (readonly DetailResult[])[];
}

/** Longer outputs are cut in the panel; a document of the editor holds them whole. */
export const outputLimit = 20_000;
