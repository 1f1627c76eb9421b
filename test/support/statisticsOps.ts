import { analyzeEvidence } from '../../src/core/experiments/analyzeEvidence.ts';
import type { Analysis, PairAnalysis } from '../../src/core/experiments/analyzeEvidence.ts';
import { caseMean } from '../../src/core/experiments/caseMeans.ts';
import { defaultRule } from '../../src/core/experiments/decisionRule.ts';
import type { DecisionRule } from '../../src/core/experiments/decisionRule.ts';
import type { CaseValues } from '../../src/core/experiments/evidence.ts';
import { fixedEvidence } from '../../src/core/experiments/fixedEvidence.ts';
import { LiveMonitor } from '../../src/core/experiments/liveMonitor.ts';
import { differenceInterval } from '../../src/core/statistics/differenceInterval.ts';
import { differencePosterior } from '../../src/core/statistics/differencePosterior.ts';
import { holm } from '../../src/core/statistics/holm.ts';
import { latticeFor, toLattice } from '../../src/core/statistics/lattice.ts';
import { metricRatio } from '../../src/core/statistics/metricRatio.ts';
import { regressionBound } from '../../src/core/statistics/regressionBound.ts';
import { repetitionShare } from '../../src/core/statistics/repetitionShare.ts';
import { sampleSize } from '../../src/core/statistics/sampleSize.ts';
import { mulberry32, seededOrder } from '../../src/core/statistics/seededOrder.ts';
import { SignFlipTest } from '../../src/core/statistics/signFlipTest.ts';
import { spentShare } from '../../src/core/statistics/spending.ts';
import { variantInterval } from '../../src/core/statistics/variantInterval.ts';

type Repetitions = readonly (number | null)[];
/** [variant][case][repetition] */
type Scores = readonly (readonly Repetitions[])[];

interface ExperimentInput {
  readonly scores: Scores;
  readonly mode?: 'fixed' | 'live';
  readonly planned?: number;
  readonly horizons?: readonly number[];
  readonly margin?: number;
  readonly mde?: number;
}

/** The fields that any of the operations reads. */
interface OpInput extends ExperimentInput {
  readonly d: readonly number[];
  readonly s?: number;
  readonly x: readonly number[];
  readonly alpha?: number;
  readonly p: readonly number[];
  readonly t: readonly number[];
  readonly sd: number;
  readonly delta: number;
  readonly k?: number;
  readonly stage?: number;
  readonly losses: number;
  readonly n: number;
  readonly seed: number;
  readonly a: readonly Repetitions[];
  readonly b: readonly Repetitions[];
}

function rowsOf(scores: Scores): CaseValues[] {
  return (scores[0] ?? []).map((_, i) => scores.map((cases) => caseMean(cases[i] ?? [])));
}

function ruleOf({ margin, mde }: ExperimentInput): DecisionRule {
  return {
    ...defaultRule,
    minEffect: mde ?? defaultRule.minEffect,
    equivalenceMargin: margin ?? defaultRule.equivalenceMargin,
  };
}

function monitorOf(input: ExperimentInput): LiveMonitor {
  const horizons = input.horizons ?? [input.planned ?? input.scores[0]?.length ?? 0];
  const monitor = new LiveMonitor(input.scores.length, horizons[0] ?? 0, ruleOf(input));
  for (const [i, horizon] of horizons.entries()) {
    if (i > 0) monitor.extend(horizon - (horizons[i - 1] ?? 0));
  }
  return monitor;
}

function analyze(input: ExperimentInput): object {
  const rows = rowsOf(input.scores);
  if (input.mode !== 'live') {
    return present(
      analyzeEvidence(fixedEvidence(input.scores.length, rows, ruleOf(input), input.planned ?? rows.length)),
    );
  }
  const monitor = monitorOf(input);
  for (const row of rows) monitor.push(row);
  return present(analyzeEvidence(monitor.evidence()));
}

function present(analysis: Analysis): object {
  const { plan } = analysis;
  return {
    n: analysis.usableCases,
    dropped: analysis.droppedCases,
    variants: analysis.variants.map(({ mean, low, high }) => ({ mean, lo: low, hi: high })),
    leader: analysis.leader,
    pairs: analysis.pairs.map(presentPair),
    confidence: analysis.confidence,
    chanceBest: analysis.chanceBest,
    survivesOneBadCase: analysis.survivesOneBadCase,
    canStop: analysis.canStop,
    winner: analysis.winner,
    verdict: analysis.outcome,
    ...(analysis.reason && { reason: analysis.reason }),
    ...(plan && {
      plan: {
        sd: plan.sd,
        effect: plan.effect,
        forMde: plan.forMinEffect,
        forCurrent: plan.forCurrentEffect,
      },
    }),
  };
}

function presentPair(pair: PairAnalysis): object {
  return {
    a: pair.a,
    b: pair.b,
    diff: pair.difference,
    p: pair.pValue,
    wins: pair.wins,
    losses: pair.losses,
    ties: pair.ties,
    dir: pair.direction,
    confidence: pair.confidence,
    ...(pair.alphaNominal !== null && { alphaNominal: pair.alphaNominal }),
    lo: pair.interval.low,
    hi: pair.interval.high,
    pHolm: pair.adjustedPValue,
  };
}

function livePath(input: ExperimentInput): object {
  const monitor = monitorOf(input);
  const states = rowsOf(input.scores).map((row) => monitor.push(row));
  return {
    confidencePath: states.map(({ confidence }) => confidence),
    firstStop: states.find(({ canStop }) => canStop)?.cases ?? null,
  };
}

function signFlip({ d }: OpInput): object {
  const steps = latticeFor(d.length);
  const lattice = d.map((difference) => toLattice(difference, steps));
  const test = SignFlipTest.of(lattice);
  return {
    lattice,
    p: test.pValue,
    guardP1: test.guardPValue(1, steps),
    guardP2: test.guardPValue(2, steps),
  };
}

function repetitions({ scores }: OpInput): object | null {
  const present = (repetitions: Repetitions) => repetitions.filter((score) => score !== null);
  const [first = [], second = []] = scores;
  return repetitionShare(
    first.map((reps, i) => ({ first: present(reps), second: present(second[i] ?? []) })),
  );
}

const ops: Record<string, (input: OpInput) => unknown> = {
  signflip_p: signFlip,
  variant_interval: ({ x, alpha }) => {
    const { mean, low, high } = variantInterval(x, alpha);
    return { mean, lo: low, hi: high };
  },
  diff_interval: ({ d, s, alpha }) => {
    const { low, high } = differenceInterval(d, {
      ...(s !== undefined && { pseudo: s }),
      ...(alpha !== undefined && { alpha }),
    });
    return { lo: low, hi: high };
  },
  posterior: ({ d }) => {
    const { probability, effect } = differencePosterior(d);
    return { prob: probability, effect };
  },
  // The vectors count stages from 1.
  plan_n: ({ sd, delta, k = 2, stage = 1 }) => ({
    n: sampleSize({ sd, difference: delta, variants: k, stage: Math.max(0, stage - 1) }),
  }),
  spend: ({ horizons = [], t }) => ({ g: t.map((cases) => spentShare(cases, horizons)) }),
  holm: ({ p }) => ({ adjusted: holm(p) }),
  regress_bound: ({ losses, n }) => ({ upper: regressionBound(losses, n) }),
  rep_split: repetitions,
  metric_ratio: ({ a, b }) => {
    const { n, ratio, low, high, pValue } = metricRatio(a, b);
    return { n, ratio, lo: low, hi: high, p: pValue };
  },
  shuffle: ({ seed, n }) => {
    const random = mulberry32(seed);
    return { first: Array.from({ length: 4 }, random), order: seededOrder(seed, n) };
  },
  analyze,
  live_path: livePath,
};

/** Runs one operation of the statistics vectors on the product's functions. */
export function runOp(op: string, input: unknown): unknown {
  const run = ops[op];
  if (!run) throw new Error(`unknown operation ${op}`);
  return run(input as OpInput);
}
