import { earlyStopLosses, minLooks } from '../statistics/methodConstants.ts';
import { survivesLosses } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { survivesMissingData } from './missingData.ts';

/** Is this the end of the planned cases, or of a declared extension? A fixed design is always at its end. */
export function isAtHorizon({ design, rows }: Evidence): boolean {
  if (design.mode === 'fixed') return true;
  return rows.length >= (design.horizons.at(-1) ?? 0) || design.horizons.includes(rows.length);
}

/** The stage that planning is about: 0 in fixed mode and the planned cases, i for the i-th extension, the next at a horizon. */
export function planningStage({ design, rows }: Evidence): number {
  return design.mode === 'fixed' ? 0 : design.horizons.filter((horizon) => rows.length >= horizon).length;
}

/** Nothing may be spent yet, so the confidence is 0 by construction and says nothing. */
export function isTooEarly({ design, rows }: Evidence): boolean {
  return design.mode === 'live' && rows.length < Math.min(minLooks, design.horizons[0] ?? 0);
}

/** Enough confidence for a winner. */
export function isConfident({ rule }: Evidence, confidence: number): boolean {
  return confidence >= 1 - rule.alpha - 1e-12;
}

/**
 * Worst-case losses that a win must survive for a gate to take it now: one at a horizon; where a run ends before it, as
 * many as it takes to stop early. null: no win counts yet.
 */
export function lossesToSurvive(evidence: Evidence): number | null {
  if (isAtHorizon(evidence)) return 1;
  return evidence.rows.length < minLooks ? null : earlyStopLosses;
}

/**
 * May a live run end now with its leader as the winner? At a horizon, a confident leader that missing data cannot
 * overturn is enough. Before it, the win must also survive two worst-case losses: rare failures that the sample has not
 * shown yet would otherwise cause up to 44% false early winners.
 */
export function mayStop(evidence: Evidence, leader: number | null, confidence: number): boolean {
  if (evidence.design.mode === 'fixed' || leader === null) return false;
  if (!isConfident(evidence, confidence)) return false;
  const early = !isAtHorizon(evidence);
  if (early && evidence.rows.length < minLooks) return false;
  if (early && !survivesLosses(evidence, leader, earlyStopLosses)) return false;
  return survivesMissingData(evidence, leader);
}
