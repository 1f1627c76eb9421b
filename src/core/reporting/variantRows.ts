import type { AbReport, ReportedComparison, ReportedVariant } from '../domain/report.ts';
import {
  asConfidence,
  asCost,
  asDifference,
  asDuration,
  asMetric,
  asNumber,
  asPercent,
  isRelative,
  unknown,
} from './numberWords.ts';

export const variantHeaders = [
  'variant',
  'mean',
  'interval',
  'pass rate',
  'cases',
  'failures',
  'median',
  'p95',
  'tokens',
  'cost',
];

/** One row a variant, the same in every rendering. */
export function variantRow(variant: ReportedVariant, report: AbReport): string[] {
  const { interval } = variant;
  const metric = report.metric.name;
  const range =
    interval === null ? unknown : `${asMetric(interval.low, metric)} to ${asMetric(interval.high, metric)}`;
  return [
    report.verdict.winner === variant.id ? `${variant.label} (winner)` : variant.label,
    asMetric(variant.mean, metric),
    range,
    asPercent(variant.passRate),
    String(variant.cases),
    String(variant.failures),
    asDuration(variant.latencyMs.median),
    asDuration(variant.latencyMs.p95),
    `${asNumber(variant.tokens.input, 0)} in, ${asNumber(variant.tokens.output, 0)} out`,
    asCost(variant.costUsd),
  ];
}

export const pairHeaders = [
  'comparison',
  'difference',
  'interval',
  'confidence',
  'better',
  'worse',
  'equal',
  'latency',
  'tokens',
  'cost',
];

/** One row a pair: what b does compared with a. */
export function pairRow(pair: ReportedComparison, report: AbReport): string[] {
  const metric = report.metric.name;
  const ratio = (of: { ratio: number } | null): string =>
    of === null ? unknown : `×${asNumber(of.ratio, 2)}`;
  return [
    `${labelOf(pair.b, report)} vs ${labelOf(pair.a, report)}`,
    asDifference(pair.difference, metric),
    asInterval(pair.interval, metric),
    // Before anything may be spent a live confidence is 0 by construction, which says nothing.
    asConfidence(
      report.verdict.leader !== null && report.verdict.confidence === null ? null : pair.confidence,
    ),
    String(pair.wins),
    asLosses(pair),
    String(pair.ties),
    ratio(pair.ratios.latency),
    ratio(pair.ratios.tokens),
    ratio(pair.ratios.cost),
  ];
}

/** With the share of such cases that may be worse, as far as the data can tell. */
function asLosses({ losses, lossRateUpper }: ReportedComparison): string {
  return lossRateUpper == null ? String(losses) : `${losses} (at most ${asPercent(lossRateUpper)})`;
}

function asInterval(interval: ReportedComparison['interval'], metric: string): string {
  if (interval === null) return unknown;
  const ends = [interval.low, interval.high].map((end) => asNumber(end * 100, 1));
  return `${ends.join(' to ')}${isRelative(metric) ? '%' : ''}`;
}

export function labelOf(id: string, report: AbReport): string {
  return report.variants.find((variant) => variant.id === id)?.label ?? id;
}

/** What `confidence` means, wherever it is shown. */
const confidenceNote =
  'Confidence c: if the prompts were equal, a confidence this high would come up in at most 1 − c of such runs. It is not the probability that a variant is better.';

const lossNote =
  'In brackets after the worse cases: the share of such cases that get worse is at most this, with 95% confidence.';

/** What the numbers mean, for below the tables. */
export function tableNotes({ comparisons }: AbReport): string {
  const hasBound = comparisons.some(({ lossRateUpper }) => lossRateUpper != null);
  return hasBound ? `${confidenceNote} ${lossNote}` : confidenceNote;
}

export const stateWords = {
  finished: null,
  'stopped-early': 'Stopped early: the verdict was certain.',
  budget: 'Stopped at its budget.',
  cancelled: 'Cancelled before the end.',
  failed: 'Failed before the end.',
} as const;
