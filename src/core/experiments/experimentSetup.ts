import type { ComparedMetric } from '../domain/comparison.ts';
import type { Score } from '../domain/score.ts';
import type { DecisionRule, Design, ValueScale } from './decisionRule.ts';

/** What is compared and how; fixed before the first result. */
export interface ExperimentSetup {
  /** In file order; ids and labels unique. */
  readonly variants: readonly { readonly id: string; readonly label: string }[];
  /** `log` for latency, tokens and cost, whose scores are then the positive numbers themselves. */
  readonly metric: ComparedMetric & { readonly scale: ValueScale };
  /** 0.5 up to, not including, 1; default in files 0.95. */
  readonly confidenceLevel: number;
  /** Smallest difference worth having: points of score, or a share (0.05: 5%) of latency, tokens or cost. */
  readonly minEffect: number;
  readonly design: Design;
}

/** The results of one case, arrays by variant, then repetition. */
export interface ScoredCase {
  readonly id: string;
  /** Cases of the same group (document, conversation) count as one. */
  readonly group?: string;
  /**
   * In 0..1 (a failure of the variant's own doing is 0), or missing where the world failed. On the log scale: above 0.
   */
  readonly scores: readonly (readonly Score[])[];
  /** Answers from the cache are null here: they say nothing about time. */
  readonly latencyMs?: Measurements;
  readonly tokens?: Measurements;
  readonly costUsd?: Measurements;
}

export type Measurements = readonly (readonly (number | null)[])[];

/** @throws RangeError when the confidence or the smallest effect is out of range */
export function decisionRule({ confidenceLevel, minEffect, metric }: ExperimentSetup): DecisionRule {
  if (!(confidenceLevel >= 0.5 && confidenceLevel < 1)) {
    throw new RangeError(`confidence must lie in 0.5..1, below 1, got ${confidenceLevel}`);
  }
  if (!(minEffect > 0 && minEffect < Infinity)) {
    throw new RangeError(`minEffect must be a number above 0, got ${minEffect}`);
  }
  const effect = metric.scale === 'log' ? Math.log1p(minEffect) : minEffect;
  // 1 − 0.95 is not quite 0.05; the rounding puts it on the monitor's grid.
  const alpha = Math.round((1 - confidenceLevel) * 1e9) / 1e9;
  if (alpha === 0) throw new RangeError(`no number of cases makes a confidence of ${confidenceLevel}`);
  return { alpha, minEffect: effect, equivalenceMargin: effect, scale: metric.scale };
}
