import type { Comparison, PairComparison, VariantComparison } from '../domain/comparison.ts';
import type { Verdict } from '../domain/verdict.ts';
import { regressionBound } from '../statistics/regressionBound.ts';
import { repetitionShare, repetitionsHelpFrom } from '../statistics/repetitionShare.ts';
import { analyzeEvidence } from './analyzeEvidence.ts';
import type { Analysis, PairAnalysis } from './analyzeEvidence.ts';
import { compareCosts } from './compareCosts.ts';
import { displayDifference, displayDifferences, displayInterval, displayMean } from './displayValues.ts';
import { pairsOf, pairSurvives } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { ExperimentSetup, ScoredCase } from './experimentSetup.ts';
import { pairSurvivesMissing } from './missingData.ts';
import { scoreValue } from './pairScores.ts';
import { isConfident, isTooEarly, lossesToSurvive } from './stoppingRule.ts';
import { verdictSentence } from './verdictSentence.ts';

/** The analysis in the words of the report: variants by id, the metric in its own unit, the verdict as a sentence. */
export function buildComparison(
  setup: ExperimentSetup,
  evidence: Evidence,
  cases: readonly ScoredCase[],
): Comparison {
  const analysis = analyzeEvidence(evidence);
  const { design, metric } = setup;
  const planned = design.mode === 'fixed' ? evidence.rows.length : (design.horizons.at(-1) ?? 0);
  const counted = {
    compared: analysis.usableCases,
    dropped: analysis.droppedCases,
    planned: Math.max(planned, evidence.rows.length),
  };
  const repetitionsWouldHelp = wouldRepetitionsHelp(setup, analysis, cases);
  const withoutSentence = {
    metric: { name: metric.name, direction: metric.direction },
    mode: design.mode,
    confidenceLevel: setup.confidenceLevel,
    minEffect: setup.minEffect,
    cases: counted,
    variants: setup.variants.map(({ id }, v) => describeVariant(setup, analysis, id, v, cases)),
    comparisons: analysis.pairs.map((pair) => describePair(setup, evidence, pair, cases)),
    canStop: analysis.canStop,
    repetitionsWouldHelp,
  };
  const verdict = describeVerdict(setup, evidence, analysis);
  return {
    ...withoutSentence,
    verdict: {
      ...verdict,
      sentence: verdictSentence({ setup, analysis, cases: counted, verdict, repetitionsWouldHelp }),
    },
  };
}

function describeVariant(
  setup: ExperimentSetup,
  analysis: Analysis,
  id: string,
  v: number,
  cases: readonly ScoredCase[],
): VariantComparison {
  const estimate = analysis.variants[v];
  const mean = estimate?.mean ?? null;
  return {
    id,
    cases: cases.filter(({ scores }) => scores[v]?.some((score) => score.status === 'measured')).length,
    mean: mean === null ? null : displayMean(mean, setup.metric),
    interval:
      mean === null || !estimate
        ? null
        : { ...displayInterval(estimate.low, estimate.high, setup.metric), level: setup.confidenceLevel },
  };
}

function describePair(
  setup: ExperimentSetup,
  evidence: Evidence,
  pair: PairAnalysis,
  cases: readonly ScoredCase[],
): PairComparison {
  const idOf = (v: number) => setup.variants[v]?.id ?? '';
  const significant = isConfident(evidence, pair.confidence) && pair.direction !== 0;
  const ahead = pair.direction > 0 ? pair.a : pair.b;
  const behind = pair.direction > 0 ? pair.b : pair.a;
  const sure = significant && isSurelyBetter(evidence, ahead, behind);
  const n = pair.wins + pair.losses + pair.ties;
  return {
    a: idOf(pair.a),
    b: idOf(pair.b),
    difference: pair.difference === null ? null : displayDifference(pair.difference, setup.metric),
    interval: displayDifferences(pair.interval.low, pair.interval.high, setup.metric),
    pValue: pair.pValue,
    adjustedPValue: pair.adjustedPValue,
    confidence: pair.confidence,
    // The analysis counts for a, the report for b.
    wins: pair.losses,
    losses: pair.wins,
    ties: pair.ties,
    n,
    lossRateUpper: regressionBound(pair.wins, n),
    better: significant ? idOf(ahead) : null,
    surelyBetter: sure ? idOf(ahead) : null,
    ratios: compareCosts(cases, pair.a, pair.b, evidence.rule.alpha),
  };
}

function isSurelyBetter(evidence: Evidence, better: number, worse: number): boolean {
  const found = pairsOf(evidence, better).find(({ rival }) => rival === worse);
  const losses = lossesToSurvive(evidence);
  return (
    found !== undefined &&
    losses !== null &&
    pairSurvives(evidence, found.pair, found.sign, losses) &&
    pairSurvivesMissing(evidence, better, worse)
  );
}

function describeVerdict(
  setup: ExperimentSetup,
  evidence: Evidence,
  analysis: Analysis,
): Omit<Verdict, 'sentence'> {
  const idOf = (v: number | null) => (v === null ? null : (setup.variants[v]?.id ?? null));
  const settled = analysis.outcome === 'winner' || analysis.outcome === 'equivalent';
  const more = (total: number | undefined) =>
    total === undefined || settled ? null : Math.max(0, total - analysis.usableCases);
  return {
    outcome: analysis.outcome,
    winner: idOf(analysis.winner),
    leader: idOf(analysis.leader),
    confidence: analysis.leader === null || isTooEarly(evidence) ? null : analysis.confidence,
    chanceBest: analysis.chanceBest,
    survivesOneBadCase: analysis.survivesOneBadCase,
    reason: analysis.reason,
    moreCases: {
      forMinEffect: more(analysis.plan?.forMinEffect),
      forCurrentEffect: more(analysis.plan?.forCurrentEffect),
    },
  };
}

/** Where most of the spread comes from repeating the same case, more repetitions are the cheaper remedy. */
function wouldRepetitionsHelp(
  { metric }: ExperimentSetup,
  { leader, pairs, variants }: Analysis,
  cases: readonly ScoredCase[],
): boolean | null {
  if (metric.scale !== 'unit') return null;
  const candidates = pairs.filter(({ a, b }) => leader === null || a === leader || b === leader);
  const rivalMean = ({ a, b }: PairAnalysis) => variants[a === leader ? b : a]?.mean ?? -Infinity;
  const closest = candidates.toSorted((x, y) => rivalMean(y) - rivalMean(x))[0];
  if (!closest) return null;
  const repetitions = (scored: ScoredCase, v: number) =>
    (scored.scores[v] ?? []).map(scoreValue).filter((value) => value !== null);
  const split = repetitionShare(
    cases.map((scored) => ({
      first: repetitions(scored, closest.a),
      second: repetitions(scored, closest.b),
    })),
  );
  return split && split.share > repetitionsHelpFrom;
}
