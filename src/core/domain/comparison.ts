import type { Verdict } from './verdict.ts';

/** What decides an experiment. */
export interface ComparedMetric {
  /** `quality`, `passRate`, `successRate`, `latency`, `tokens`, `cost` or a custom metric's name. */
  readonly name: string;
  readonly direction: 'higher' | 'lower';
}

export interface VariantComparison {
  readonly id: string;
  /** Cases with a score for this variant. */
  readonly cases: number;
  /**
   * Mean over the cases that every variant has, in the metric's own unit (geometric for latency, tokens and cost); null
   * without such a case.
   */
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
}

/** How many times as much b takes as a, as a geometric mean over the cases. */
export interface CostRatio {
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly pValue: number;
}

export interface PairComparison {
  readonly a: string;
  readonly b: string;
  /**
   * b − a in the metric's unit; for latency, tokens and cost the relative change (b / a − 1). null without usable cases.
   */
  readonly difference: number | null;
  readonly interval: { readonly low: number; readonly high: number };
  /** Exact two-sided sign-flip p value of this pair alone, in (0, 1]. */
  readonly pValue: number;
  /** Holm over all pairs. */
  readonly adjustedPValue: number;
  /** As in `Verdict`, for whichever of the two is ahead. */
  readonly confidence: number;
  /** Cases where b is better. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Cases compared. */
  readonly n: number;
  /** Upper 95% bound of the share of cases on which b is worse. */
  readonly lossRateUpper: number;
  /** The side that is significantly better, null when neither is. */
  readonly better: string | null;
  /**
   * The same under the strict rule: one bad case and the missing data cannot overturn it, nor two bad ones where a live
   * run ended before its plan. What gates use.
   */
  readonly surelyBetter: string | null;
  readonly ratios: {
    readonly latency: CostRatio | null;
    readonly tokens: CostRatio | null;
    readonly cost: CostRatio | null;
  };
}

/** The statistics of an experiment, ready to report. */
export interface Comparison {
  readonly metric: ComparedMetric;
  /** `live`: watched with alpha spending, one may look at any time. `fixed`: looked at once, at the end. */
  readonly mode: 'live' | 'fixed';
  readonly confidenceLevel: number;
  readonly minEffect: number;
  /** Cases, or groups of them, that ran: those compared and those dropped because a variant has no score. */
  readonly cases: {
    readonly compared: number;
    readonly dropped: number;
    readonly planned: number;
  };
  readonly variants: readonly VariantComparison[];
  /** All pairs in file order. */
  readonly comparisons: readonly PairComparison[];
  /** May a live run end now, with this winner? */
  readonly canStop: boolean;
  /** true: more repetitions of the same cases would help more than more cases; null: cannot be told. */
  readonly repetitionsWouldHelp: boolean | null;
  readonly verdict: Verdict;
}
