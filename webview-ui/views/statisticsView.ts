import { html, nothing, type TemplateResult } from 'lit-html';
import {
  asDifference,
  asMetric,
  asNumber,
  isRelative,
  unknown,
} from '../../src/core/reporting/numberWords.ts';
import type { PanelExperiment, PanelReport } from '../../src/protocol/panelReport.ts';
import { figure } from '../charts/figure.ts';
import { intervalDrawing } from '../charts/intervalDrawing.ts';
import { linearScale } from '../charts/scale.ts';
import { costTable } from './costTable.ts';
import { differencesFigure } from './differencesFigure.ts';
import { latencyFigure } from './latencyFigure.ts';
import { labelIn } from './verdictView.ts';

/** Everything the numbers can show, before the cases themselves. */
export function statisticsView(report: PanelReport): TemplateResult {
  const { experiment } = report;
  if (experiment === null) return html`<div class="figures">${latencyFigure(report)}</div>`;
  // Without a score there is nothing to draw.
  if (experiment.variants.every(({ mean }) => mean === null)) return html`${nothing}`;
  return html`<div class="figures">
    ${variantsFigure(experiment)} ${pairsFigure(experiment)} ${differencesFigure(report, experiment)}
    ${latencyFigure(report)} ${costTable(experiment)}
  </div>`;
}

const signs = (value: number): string => (value > 0 ? '+' : '') + asNumber(value * 100, 1);

function variantsFigure({ variants, metric, verdict }: PanelExperiment): TemplateResult {
  const words = (value: number | null): string => asMetric(value, metric.name);
  const rows = variants.map(({ id, label, mean, interval }) => ({
    label,
    mark: id === verdict.winner ? 'winner' : id === verdict.leader ? 'leads' : null,
    value: mean,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    words:
      interval === null ? words(mean) : `${words(mean)} (${words(interval.low)} to ${words(interval.high)})`,
  }));
  const values = rows.flatMap(({ value, low, high }) => [value, low, high]).filter((value) => value !== null);
  const bounds = isRelative(metric.name) ? { low: 0, high: Infinity } : { low: 0, high: 1 };
  const level = variants.find(({ interval }) => interval !== null)?.interval?.level ?? 0.95;
  const title = `${metricWords(metric.name)} of each variant`;
  return figure({
    title,
    summary: `Mean and ${asNumber(level * 100, 1)}% interval, ${metric.direction} is better. ${rows.map(({ label, words: said }) => `${label}: ${said}`).join('; ')}.`,
    drawing: intervalDrawing({ rows, scale: linearScale(values, bounds), axis: words }),
    headers: ['Variant', 'Mean', 'Low', 'High', 'Pass rate', 'Cases', 'Failures'],
    rows: variants.map(({ label, mean, interval, passRate, cases, failures }) => [
      label,
      words(mean),
      words(interval?.low ?? null),
      words(interval?.high ?? null),
      passRate === null ? '–' : `${asNumber(passRate * 100, 1)}%`,
      String(cases),
      String(failures),
    ]),
  });
}

function pairsFigure(experiment: PanelExperiment): TemplateResult | typeof nothing {
  const { comparisons, variants, metric } = experiment;
  if (comparisons.length === 0) return nothing;
  const unit = isRelative(metric.name) ? '%' : '';
  const rows = comparisons.map(({ a, b, difference, interval }) => ({
    label: `${labelIn(variants, b)} − ${labelIn(variants, a)}`,
    mark: null,
    value: difference,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    words:
      interval === null
        ? asDifference(difference, metric.name)
        : `${asDifference(difference, metric.name)} (${signs(interval.low)} to ${signs(interval.high)}${unit})`,
  }));
  const values = rows.flatMap(({ value, low, high }) => [value, low, high]).filter((value) => value !== null);
  return figure({
    title: 'Difference of each pair',
    summary: `${rows.map(({ label, words }) => `${label}: ${words}`).join('; ')}. An interval that reaches 0 leaves open which is better.`,
    drawing: intervalDrawing({
      rows,
      scale: linearScale([...values, 0]),
      axis: (value) => `${signs(value)}${unit}`,
      reference: 0,
    }),
    headers: ['Pair', 'Difference', 'Low', 'High', 'Better', 'Worse', 'Equal', 'p', 'p (all pairs)'],
    rows: comparisons.map((pair, at) => [
      rows[at]?.label ?? '',
      asDifference(pair.difference, metric.name),
      pair.interval === null ? unknown : `${signs(pair.interval.low)}${unit}`,
      pair.interval === null ? unknown : `${signs(pair.interval.high)}${unit}`,
      String(pair.wins),
      String(pair.losses),
      String(pair.ties),
      asNumber(pair.pValue, 4),
      asNumber(pair.adjustedPValue, 4),
    ]),
  });
}

/** A metric's name as a title. */
export function metricWords(name: string): string {
  const known: Readonly<Record<string, string>> = {
    quality: 'Quality',
    passRate: 'Pass rate',
    successRate: 'Success rate',
    latency: 'Latency',
    tokens: 'Tokens',
    cost: 'Cost',
  };
  return known[name] ?? name;
}
