import { arrayOf, isBoolean, isNumber, isString, nullOr, objectOf } from './guard.ts';
import type { PanelColumn } from './panelReport.ts';
import { isColumn } from './panelReportGuards.ts';

/** What a run will take, roughly; null where it cannot be told. */
export interface PanelEstimate {
  readonly calls: number;
  readonly judgeCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
  readonly minutes: number;
}

/** What an A/B test will do once it is started. */
export interface PanelPlanFacts {
  readonly variants: readonly PanelColumn[];
  readonly cases: number;
  readonly repetitions: number;
  readonly metric: string;
  readonly confidenceLevel: number;
  /** Smallest difference worth having, 0..1. */
  readonly minEffect: number;
  readonly stopEarly: boolean;
  readonly estimate: PanelEstimate;
  /** What to know before the first token is spent. */
  readonly notices: readonly string[];
}

export const isPanelFacts = objectOf<PanelPlanFacts>({
  variants: arrayOf(isColumn),
  cases: isNumber,
  repetitions: isNumber,
  metric: isString,
  confidenceLevel: isNumber,
  minEffect: isNumber,
  stopEarly: isBoolean,
  estimate: objectOf<PanelEstimate>({
    calls: isNumber,
    judgeCalls: isNumber,
    inputTokens: isNumber,
    outputTokens: isNumber,
    costUsd: nullOr(isNumber),
    minutes: isNumber,
  }),
  notices: arrayOf(isString),
});
