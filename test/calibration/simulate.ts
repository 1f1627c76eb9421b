import { analyzeEvidence } from '../../src/core/experiments/analyzeEvidence.ts';
import type { Analysis } from '../../src/core/experiments/analyzeEvidence.ts';
import { defaultRule } from '../../src/core/experiments/decisionRule.ts';
import { survivesLosses } from '../../src/core/experiments/evidence.ts';
import { fixedEvidence } from '../../src/core/experiments/fixedEvidence.ts';
import { LiveMonitor } from '../../src/core/experiments/liveMonitor.ts';
import { Draws } from './generator.ts';

export type CaseSource = (draws: Draws) => readonly number[];

/** How one live run ended, under the different ways of using it. */
export interface LiveOutcome {
  /** Winner of the run that ends as soon as it may, and the cases it took. */
  readonly winner: number | null;
  readonly cases: number;
  /** The same, counting only wins that survive one bad case. */
  readonly strictWinner: number | null;
  /** The first winner that was ever on screen, with no guard. */
  readonly shown: number | null;
  /** Winner when a run without one is extended twice by as many cases again. */
  readonly extended: number | null;
}

/** Plays one live run case by case on the product's own monitor. */
export function playLive(variants: number, planned: number, next: () => readonly number[], extensions = 0) {
  const monitor = new LiveMonitor(variants, planned);
  const outcome = { winner: null, strictWinner: null, shown: null, extended: null, cases: planned } as {
    -readonly [K in keyof LiveOutcome]: LiveOutcome[K];
  };
  for (let t = 1; t <= planned * (1 + extensions); t += 1) {
    if (t > planned && (t - 1) % planned === 0) monitor.extend(planned);
    const { leader, confidence, canStop } = monitor.push(next());
    if (t <= planned && confidence >= 0.95) outcome.shown ??= leader;
    if (!canStop) continue;
    outcome.extended = leader;
    if (t <= planned) {
      outcome.winner = leader;
      outcome.cases = t;
      outcome.strictWinner = leader !== null && survivesLosses(monitor.evidence(), leader, 1) ? leader : null;
    }
    break;
  }
  return outcome;
}

/**
 * A live run and the fixed analysis of the same cases, all drawn before. `shown` is looked for past the stop.
 */
export function playBoth(variants: number, rows: readonly (readonly number[])[]) {
  let position = 0;
  const live = playLive(variants, rows.length, () => rows[position++]!);
  return { live, fixed: analyzeFixed(variants, rows) };
}

export function analyzeFixed(variants: number, rows: readonly (readonly number[])[]): Analysis {
  return analyzeEvidence(fixedEvidence(variants, rows, defaultRule));
}

/** A seed for each run of each cell, so that cells can be run alone and give the same numbers. */
export function seedOf(cell: string, run: number): number {
  let hash = 2_166_136_261;
  for (const character of `${cell}/${run}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  }
  return hash >>> 0;
}

export function drawRows(source: CaseSource, n: number, seed: number): (readonly number[])[] {
  const draws = new Draws(seed);
  return Array.from({ length: n }, () => source(draws));
}
