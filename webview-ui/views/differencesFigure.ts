import { html, nothing, type TemplateResult } from 'lit-html';
import { asNumber, isRelative } from '../../src/core/reporting/numberWords.ts';
import type { PanelCell, PanelExperiment, PanelReport } from '../../src/protocol/panelReport.ts';
import { barsDrawing } from '../charts/barsDrawing.ts';
import { figure } from '../charts/figure.ts';
import { differenceBins, type Bin } from '../charts/histogram.ts';
import { axisRow, gridLines } from '../charts/intervalDrawing.ts';
import { linearScale } from '../charts/scale.ts';
import { labelIn } from './verdictView.ts';
import { counted } from './words.ts';

const heightPx = 84;

/** How the cases differ, pair by pair; only for metrics that each case has a score of. */
export function differencesFigure(
  report: PanelReport,
  experiment: PanelExperiment,
): TemplateResult | typeof nothing {
  const { metric, comparisons } = experiment;
  if (isRelative(metric.name) || comparisons.length === 0) return nothing;
  const pairs = comparisons.map(({ a, b }) => {
    const differences = pairedDifferences(report, metric.name, a, b);
    const better = metric.direction === 'higher' ? 1 : -1;
    return {
      name: `${labelIn(experiment.variants, b)} − ${labelIn(experiment.variants, a)}`,
      bins: differenceBins(differences),
      better: differences.filter((value) => value * better > 1e-9).length,
      worse: differences.filter((value) => value * better < -1e-9).length,
      equal: differences.filter((value) => Math.abs(value) <= 1e-9).length,
      turn: better,
    };
  });
  const most = Math.max(1, ...pairs.flatMap(({ bins }) => bins.map(({ count }) => count)));
  const scale = linearScale([-1, 1], { low: -1, high: 1 });
  const words = (pair: (typeof pairs)[number]): string =>
    `better on ${counted(pair.better, 'case')}, worse on ${pair.worse}, equal on ${pair.equal}`;
  return figure({
    title: 'Differences case by case',
    summary: `${pairs.map((pair) => `${pair.name}: ${words(pair)}`).join('; ')}.`,
    drawing: html`${pairs.map(
      (pair) =>
        html`<div class="chart-row wide">
          <span class="chart-label">${pair.name}</span>
          <svg class="track" height=${heightPx} aria-hidden="true">
            ${gridLines(scale, heightPx, 0)}
            ${barsDrawing({ bins: pair.bins, scale, heightPx, most, kind: (bin) => kindOf(bin, pair.turn) })}
          </svg>
        </div>`,
    )}
    ${axisRow(scale, (value) => (value > 0 ? '+' : '') + asNumber(value * 100, 0), true)}`,
    headers: ['Difference in points', ...pairs.map(({ name }) => `${name}, cases`)],
    rows: tableRows(pairs.map(({ bins }) => bins)),
  });
}

function kindOf(bin: Bin, turn: number): string {
  const middle = (bin.low + bin.high) / 2;
  if (Math.abs(middle) < 1e-6) return 'equal';
  return middle * turn > 0 ? 'better' : 'worse';
}

function tableRows(pairs: readonly (readonly Bin[])[]): readonly (readonly string[])[] {
  const [first = []] = pairs;
  const edge = (value: number): string => asNumber(value * 100, 0);
  return first.flatMap((bin, at) => {
    const counts = pairs.map((bins) => bins[at]?.count ?? 0);
    if (counts.every((count) => count === 0)) return [];
    const name = Math.abs(bin.low + bin.high) < 1e-6 ? '0' : `${edge(bin.low)} to ${edge(bin.high)}`;
    return [[name, ...counts.map(String)]];
  });
}

/** b − a for each case that both have, in the metric's unit. */
function pairedDifferences(report: PanelReport, metric: string, a: string, b: string): readonly number[] {
  const [x, y] = [a, b].map((id) => report.columns.findIndex((column) => column.id === id));
  return report.rows.flatMap(({ cells }) => {
    const [from, to] = [valueOf(cells[x ?? -1], metric), valueOf(cells[y ?? -1], metric)];
    return from === null || to === null ? [] : [to - from];
  });
}

function valueOf(cell: PanelCell | undefined, metric: string): number | null {
  if (cell === undefined) return null;
  if (metric === 'successRate') return cell.failures === 0 ? 1 : 0;
  if (metric === 'passRate') return cell.passed === null ? null : Number(cell.passed);
  return cell.score;
}
