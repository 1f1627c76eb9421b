import { mean } from '../../src/core/statistics/moments.ts';
import { normalQuantile } from '../../src/core/statistics/quantiles.ts';
import { mulberry32 } from '../../src/core/statistics/seededOrder.ts';

/** Kinds of scores in the simulations. */
export const scoreKinds = ['binary', '5-level', 'continuous'] as const;
export type ScoreKind = (typeof scoreKinds)[number];

const difficultySd = 1.5;
const interactionSd = 0.7;
const betaSize = 8;

/** Seeded draws from the distributions the generator needs. */
export class Draws {
  readonly uniform: () => number;

  constructor(seed: number) {
    this.uniform = mulberry32(seed);
  }

  normal(): number {
    // Box–Muller; 1 − u avoids the logarithm of 0.
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Marsaglia and Tsang 2000; shapes below 1 by their boost. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    const y = this.gamma(b);
    return x + y === 0 ? (this.uniform() < a / (a + b) ? 1 : 0) : x / (x + y);
  }

  /** One score of a repetition with success probability p. */
  score(kind: ScoreKind, p: number): number {
    if (kind === 'binary') return this.uniform() < p ? 1 : 0;
    const clipped = Math.min(1 - 1e-4, Math.max(1e-4, p));
    const beta = this.beta(betaSize * clipped, betaSize * (1 - clipped));
    return kind === 'continuous' ? Math.round(100 * beta) / 100 : Math.round(4 * beta) / 4;
  }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const spread = Math.hypot(difficultySd, interactionSd);

/** The middle of each of equally likely slices of the standard normal distribution. */
const normalSlices = Array.from({ length: 4000 }, (_, i) => normalQuantile((i + 0.5) / 4000));

/** Marginal mean of yes/no scores at an intercept, by quadrature. */
function marginalProbability(intercept: number): number {
  return mean(normalSlices.map((z) => logistic(intercept + spread * z)));
}

/** Marginal mean of graded scores at an intercept, by simulation with always the same numbers. */
function marginalScore(kind: ScoreKind, intercept: number): number {
  const draws = new Draws(20_240_601);
  return mean(normalSlices.flatMap((z) => tenScores(draws, kind, logistic(intercept + spread * z))));
}

function tenScores(draws: Draws, kind: ScoreKind, p: number): number[] {
  return Array.from({ length: 10 }, () => draws.score(kind, p));
}

const gridSize = 401;
const interceptAt = (index: number): number => (index - 200) / 32;
const known = new Map<string, number>();

/** The marginal mean at a place of the grid of intercepts, worked out when it is first asked for. */
function marginalAt(kind: ScoreKind, index: number): number {
  const key = `${kind} ${index}`;
  let marginal = known.get(key);
  if (marginal === undefined) {
    const intercept = interceptAt(index);
    marginal = kind === 'binary' ? marginalProbability(intercept) : marginalScore(kind, intercept);
    known.set(key, marginal);
  }
  return marginal;
}

/** The intercept with a given marginal mean, interpolated between two places of the grid. */
function interceptFor(kind: ScoreKind, wanted: number): number {
  let [below, above] = [0, gridSize - 1];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (marginalAt(kind, middle) >= wanted) above = middle;
    else below = middle;
  }
  const [low, high] = [marginalAt(kind, below), marginalAt(kind, above)];
  return interceptAt(below) + ((wanted - low) / (high - low)) * (interceptAt(above) - interceptAt(below));
}

export interface CellDesign {
  readonly kind: ScoreKind;
  readonly repetitions: number;
  /** Wanted marginal mean of each variant, 0..1. */
  readonly means: readonly number[];
}

/** Draws cases: one mean per variant, hard and easy cases, prompts that suit some cases better than others. */
export function caseSource({ kind, repetitions, means }: CellDesign): (draws: Draws) => number[] {
  const intercepts = means.map((wanted) => interceptFor(kind, wanted));
  return (draws) => {
    const difficulty = difficultySd * draws.normal();
    return intercepts.map((intercept) => {
      const p = logistic(intercept + difficulty + interactionSd * draws.normal());
      let sum = 0;
      for (let r = 0; r < repetitions; r += 1) sum += draws.score(kind, p);
      return sum / repetitions;
    });
  };
}
