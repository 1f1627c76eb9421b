import type { Comparison } from './comparison.ts';

/** What became of one case between two runs of a test. */
export type CaseChangeKind = 'better' | 'worse' | 'same' | 'added' | 'removed' | 'unscored';

export interface CaseChange {
  readonly caseId: string;
  readonly kind: CaseChangeKind;
  /** Mean over the repetitions, in the metric's unit; null where the run has none. */
  readonly before: number | null;
  readonly after: number | null;
}

/** One variant (or the only prompt) of a test, in an earlier and a later run. */
export interface VariantRunComparison {
  readonly id: string;
  /** In the order of the later run, removed cases at the end. */
  readonly changes: readonly CaseChange[];
  readonly counts: Readonly<Record<CaseChangeKind, number>>;
  /** `before` against `after` over the cases that both runs scored, looked at once. */
  readonly comparison: Comparison;
  /** What happened, in one sentence. */
  readonly sentence: string;
}

export interface RunComparison {
  readonly variants: readonly VariantRunComparison[];
  /** Variants that only one of the runs has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}
