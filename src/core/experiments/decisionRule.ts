import { defaultAlpha, defaultMinEffect } from '../statistics/methodConstants.ts';
import { toLattice } from '../statistics/lattice.ts';

/**
 * How values are compared. `unit`: scores in 0..1, higher is better, differences in −1..1. `log`: logarithms of
 * latency, tokens or cost with the sign turned, so that higher is better too; a difference is a log ratio.
 */
export type ValueScale = 'unit' | 'log';

/** What makes a winner; fixed before the first result. */
export interface DecisionRule {
  /** 1 − the confidence asked for. */
  readonly alpha: number;
  /** Smallest difference worth having, on the scale compared: planning aims at it. */
  readonly minEffect: number;
  /** Differences within ± this count as equivalent; the same as `minEffect` unless somebody says otherwise. */
  readonly equivalenceMargin: number;
  readonly scale: ValueScale;
}

export const defaultRule: DecisionRule = {
  alpha: defaultAlpha,
  minEffect: defaultMinEffect,
  equivalenceMargin: defaultMinEffect,
  scale: 'unit',
};

/** When one may look: once at the end, or after every case up to declared horizons. */
export type Design =
  | { readonly mode: 'fixed' }
  | {
      readonly mode: 'live';
      /** Total cases at the planned end, then at the end of each declared extension; rising. */
      readonly horizons: readonly number[];
      /** true: no case will follow (stopped by hand, out of budget). Without `canStop` that is no clear winner. */
      readonly ended?: boolean;
    };

/** A ratio of this size or more counts as a full difference while a run is watched, where the largest is not yet known. */
const fullRatio = 10;

/** A difference beyond this is shown as this. */
export const differenceBound: Record<ValueScale, number> = { unit: 1, log: Math.log(100) };

/** Differences on the lattice, with the cap of the log scale; see `toLattice`. */
export function latticeDifference(difference: number, lattice: number, scale: ValueScale): number {
  if (scale === 'unit') return toLattice(difference, lattice);
  const capped = Math.min(1, Math.max(-1, difference / Math.log(fullRatio)));
  return toLattice(capped, lattice);
}
