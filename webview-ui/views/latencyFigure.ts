import { html, nothing, type TemplateResult } from 'lit-html';
import { asDuration } from '../../src/core/reporting/numberWords.ts';
import type { PanelReport } from '../../src/protocol/panelReport.ts';
import { sampleQuantile } from '../../src/core/statistics/moments.ts';
import { barsDrawing } from '../charts/barsDrawing.ts';
import { figure } from '../charts/figure.ts';
import { histogram, logEdges } from '../charts/histogram.ts';
import { axisRow, gridLines } from '../charts/intervalDrawing.ts';
import { logScale } from '../charts/scale.ts';

const heightPx = 48;
const binCount = 28;

/** How long the calls took, one small distribution a variant, all on the same axis. */
export function latencyFigure(report: PanelReport): TemplateResult | typeof nothing {
  const all = report.latenciesMs.flat();
  if (all.length === 0) return nothing;
  const scale = logScale(all);
  const edges = logEdges(scale.low, scale.high, binCount);
  const rows = report.columns.map(({ label }, at) => {
    const values = (report.latenciesMs[at] ?? []).map((ms) => Math.max(ms, scale.low));
    const quantile = (share: number): number | null =>
      values.length === 0 ? null : sampleQuantile(values, share);
    return {
      label,
      count: values.length,
      bins: histogram(values, edges),
      p50: quantile(0.5),
      p95: quantile(0.95),
    };
  });
  const most = Math.max(1, ...rows.flatMap(({ bins }) => bins.map(({ count }) => count)));
  const words = (row: (typeof rows)[number]): string =>
    row.p50 === null ? 'no call to time' : `median ${asDuration(row.p50)}, 95% within ${asDuration(row.p95)}`;
  return figure({
    title: 'Time of a call',
    summary: `${rows.map((row) => `${row.label}: ${words(row)}`).join('; ')}. Cached answers and failures are left out; times are on a logarithmic scale.`,
    drawing: html`${rows.map(
      (row) =>
        html`<div class="chart-row wide">
          <span class="chart-label">${row.label}</span>
          <svg class="track" height=${heightPx} aria-hidden="true">
            ${gridLines(scale, heightPx, row.p50 ?? undefined)}
            ${barsDrawing({ bins: row.bins, scale, heightPx, most, kind: () => 'neutral' })}
          </svg>
        </div>`,
    )}
    ${axisRow(scale, asDuration, true)}`,
    headers: ['Variant', 'Calls', 'Median', '95% within'],
    rows: rows.map(({ label, count, p50, p95 }) => [label, String(count), asDuration(p50), asDuration(p95)]),
  });
}
