import type { Verdict } from '../domain/verdict.ts';
import type { Analysis } from './analyzeEvidence.ts';
import { casesToWin } from './casesToWin.ts';
import { displayDifference, displayDifferences } from './displayValues.ts';
import type { ExperimentSetup } from './experimentSetup.ts';
import { asCount, asPercent, asPoints, asRange, casesWord, numberWord } from './verdictWords.ts';

export interface VerdictFacts {
  readonly setup: ExperimentSetup;
  readonly analysis: Analysis;
  readonly cases: { readonly compared: number; readonly dropped: number; readonly planned: number };
  readonly verdict: Omit<Verdict, 'sentence'>;
  /** true: more repetitions of the same cases would help more than more cases. */
  readonly repetitionsWouldHelp: boolean | null;
}

/**
 * The verdict in plain words, the same wherever it is shown. 1 − p is never called a probability that a variant is
 * better: that is the chance of being best, which depends on the prior.
 */
export function verdictSentence(facts: VerdictFacts): string {
  const words = {
    winner: winnerSentence,
    equivalent: equivalentSentence,
    running: runningSentence,
    no_clear_winner: noWinnerSentence,
    not_enough_data: notEnoughDataSentence,
  } satisfies Record<Verdict['outcome'], (facts: VerdictFacts) => string>;
  return words[facts.verdict.outcome](facts);
}

function labelOf({ setup }: Pick<VerdictFacts, 'setup'>, v: number | null): string {
  return v === null ? '' : (setup.variants[v]?.label ?? '');
}

function winnerSentence(facts: VerdictFacts): string {
  const { analysis, setup } = facts;
  const live = setup.design.mode === 'live' ? '≥ ' : '';
  const shown = asPercent(analysis.confidence);
  const falseAlarms = asCount(Math.round(10 * (100 - Number.parseFloat(shown))) / 10);
  const chance =
    analysis.chanceBest === null
      ? ''
      : `Chance ${labelOf(facts, analysis.winner)} is truly best: ${asPercent(analysis.chanceBest)}. `;
  const fragile = analysis.survivesOneBadCase ? '' : ' Fragile: one bad case would overturn this.';
  return (
    `${labelOf(facts, analysis.winner)} wins. Confidence ${live}${shown} ` +
    `(a false alarm this strong: at most ${falseAlarms} in 100 if the prompts were equal). ` +
    `${chance}${effectWords(facts)}.${fragile}`
  );
}

/** The leader's advantage over its closest rival: "+12 points (3 to 20)". */
function effectWords({ analysis, setup }: VerdictFacts): string {
  const { leader, pairs } = analysis;
  const own = pairs.filter(({ a, b }) => a === leader || b === leader);
  const advantage = (pair: (typeof own)[number]) => (pair.difference ?? 0) * (pair.a === leader ? 1 : -1);
  const closest = own.toSorted((x, y) => advantage(x) - advantage(y))[0];
  if (!closest || closest.difference === null) return '';
  // Differences of pairs are "a − b, higher is better"; shown is what the leader has more, or takes less.
  const turn = closest.a === leader ? -1 : 1;
  const [end, otherEnd] = [turn * closest.interval.low, turn * closest.interval.high];
  const effect = displayDifference(turn * closest.difference, setup.metric);
  const { low, high } = displayDifferences(Math.min(end, otherEnd), Math.max(end, otherEnd), setup.metric);
  const rival = closest.a === leader ? closest.b : closest.a;
  const against = setup.variants.length > 2 ? ` over ${labelOf({ setup }, rival)}` : '';
  return setup.metric.scale === 'log'
    ? `${asPoints(effect)}% ${setup.metric.name} (${asRange(low, high)}%)${against}`
    : `${asPoints(effect)} points (${asRange(low, high)})${against}`;
}

function equivalentSentence(facts: VerdictFacts): string {
  const { setup, analysis } = facts;
  // Not rounded: a limit of 1.4 points is none of 1.
  const within = Number((100 * setup.minEffect).toPrecision(3));
  const points = within === 1 ? ' point' : ' points';
  const [unit, other] = setup.metric.scale === 'log' ? ['%', 'quality'] : [points, 'cost or speed'];
  // Of more than two only the leader was compared with all: two others may lie on either side of it.
  const what =
    setup.variants.length > 2 ? `any difference from ${labelOf(facts, analysis.leader)}` : 'any difference';
  return `Equivalent: ${what} is within ${within}${unit}, the smallest one worth having here, so choose by ${other}.`;
}

function leadWords(facts: VerdictFacts): string {
  const { analysis, verdict } = facts;
  if (analysis.leader === null) return 'No variant leads';
  const confidence =
    verdict.confidence === null ? 'too early for a confidence' : `confidence ${shownConfidence(facts)}`;
  const chance = analysis.chanceBest === null ? '' : `, chance it is best ${asPercent(analysis.chanceBest)}`;
  return `${labelOf(facts, analysis.leader)} leads, ${confidence}${chance}`;
}

function shownConfidence({ analysis, setup }: VerdictFacts): string {
  // Below the grid's first level a live confidence is only known to be less than 50%.
  if (setup.design.mode === 'live') {
    return analysis.confidence === 0 ? 'below 50%' : `≥ ${asPercent(analysis.confidence)}`;
  }
  return asPercent(analysis.confidence);
}

function runningSentence(facts: VerdictFacts): string {
  const { cases } = facts;
  const done = cases.compared + cases.dropped;
  return `Running, ${done} of ${casesWord(cases.planned)}. ${leadWords(facts)}: ${effectWords(facts) || levelWords(facts)}.`;
}

function levelWords({ analysis }: VerdictFacts): string {
  const differ = analysis.pairs.some(({ difference }) => Math.abs(difference ?? 0) > 1e-9);
  return differ ? 'the best are level' : 'no difference so far';
}

function noWinnerSentence(facts: VerdictFacts): string {
  const { verdict, analysis, cases } = facts;
  if (verdict.reason === 'too_few_cases') return fewCasesSentence(facts);
  if (verdict.reason === 'missing_data') {
    return (
      `No clear winner. ${labelOf(facts, analysis.leader)} would win on the complete cases, but the missing results ` +
      `(${cases.dropped} of ${casesWord(cases.compared + cases.dropped)}) could overturn it. Retry what failed.`
    );
  }
  const done = cases.compared + cases.dropped;
  // A lead that looks sure on screen is none yet where somebody ended the run.
  const safe = analysis.confidence >= facts.setup.confidenceLevel ? ', before the lead was safe' : '';
  const stopped = done < cases.planned ? ` Stopped after ${done} of ${casesWord(cases.planned)}${safe}.` : '';
  const repeat =
    facts.repetitionsWouldHelp === true ? ' More repetitions would help more than more cases.' : '';
  return `No clear winner.${stopped} ${leadWords(facts)}. ${moreCasesWords(facts)}${repeat}`;
}

function moreCasesWords({ verdict, cases }: VerdictFacts): string {
  const { forCurrentEffect, forMinEffect } = verdict.moreCases;
  if (forCurrentEffect === null || forMinEffect === null) return 'More cases may tell them apart.';
  if (forCurrentEffect + cases.compared > 10 * cases.planned) {
    return `A difference of this size would take about ${moreCases(forCurrentEffect)}: the variants are probably not separable at a sensible cost.`;
  }
  if (forCurrentEffect === 0) {
    return `About ${moreCases(Math.max(1, forMinEffect))} would settle the smallest difference worth having (80% chance).`;
  }
  return `About ${moreCases(forCurrentEffect)} would settle a difference of this size (80% chance).`;
}

const moreCases = (count: number): string => casesWord(count, `${count} more`);

function fewCasesSentence(facts: VerdictFacts): string {
  const { analysis, cases, setup } = facts;
  const least = casesToWin(Math.round((1 - setup.confidenceLevel) * 1e9) / 1e9, setup.design);
  const about = analysis.plan
    ? `, about ${analysis.plan.forCurrentEffect} for a difference of this size`
    : '';
  const subject = casesWord(cases.compared, numberWord(cases.compared));
  const needed = `${subject} cannot make a winner: at least ${least} that differ are needed${about}.`;
  return `${leaderRecord(facts)} ${needed}${lostCasesWords(cases.dropped)}`;
}

function lostCasesWords(dropped: number): string {
  if (dropped === 0) return '';
  return ` ${dropped} more ${dropped === 1 ? 'has' : 'have'} no score for every variant: retry what failed.`;
}

/** "B leads: better on 2 of 3 cases, 1 tie; chance it is best 68%." */
function leaderRecord(facts: VerdictFacts): string {
  const { analysis, setup, cases } = facts;
  if (analysis.leader === null) return 'No variant leads.';
  const chance = analysis.chanceBest === null ? '' : `; chance it is best ${asPercent(analysis.chanceBest)}`;
  const [pair] = analysis.pairs;
  if (setup.variants.length !== 2 || !pair) return `${labelOf(facts, analysis.leader)} leads${chance}.`;
  const better = pair.a === analysis.leader ? pair.wins : pair.losses;
  const ties = pair.ties === 0 ? '' : `, ${pair.ties} tie${pair.ties === 1 ? '' : 's'}`;
  return `${labelOf(facts, analysis.leader)} leads: better on ${better} of ${casesWord(cases.compared)}${ties}${chance}.`;
}

function notEnoughDataSentence({ cases }: VerdictFacts): string {
  if (cases.dropped === 0) return 'Not enough data: no case has run yet.';
  const none = cases.dropped === 1 ? 'the only case has no' : `none of ${cases.dropped} cases has a`;
  return `Not enough data: ${none} score for every variant.`;
}
