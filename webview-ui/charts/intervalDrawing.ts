import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { Scale } from './scale.ts';

export interface IntervalRow {
  readonly label: string;
  /** A word beside the label, e.g. "winner". */
  readonly mark: string | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The values in words. */
  readonly words: string;
}

export interface IntervalDrawing {
  readonly rows: readonly IntervalRow[];
  readonly scale: Scale;
  readonly axis: (value: number) => string;
  /** A line to compare with. */
  readonly reference?: number;
}

/** Dots with whiskers on one axis. Widths are percentages and text stands beside, so it reads at any width. */
export function intervalDrawing({ rows, scale, axis, reference }: IntervalDrawing): TemplateResult {
  return html`${rows.map(
    (row) =>
      html`<div class="chart-row">
        <span class="chart-label">${row.label}${row.mark === null ? '' : html` <b>${row.mark}</b>`}</span>
        <svg class="track" height="28" aria-hidden="true">
          ${gridLines(scale, 28, reference)} ${whisker(row, scale)}
        </svg>
        <span class="chart-words">${row.words}</span>
      </div>`,
  )}
  ${axisRow(scale, axis)}`;
}

function whisker(row: IntervalRow, scale: Scale): TemplateResult {
  const best = row.mark === null ? '' : 'best';
  const line =
    row.low === null || row.high === null
      ? ''
      : svg`<line class="whisker ${best}" x1=${scale.place(row.low)} x2=${scale.place(row.high)} y1="14" y2="14" />`;
  const dot =
    row.value === null
      ? ''
      : svg`<circle class="dot ${best}" cx=${scale.place(row.value)} cy="14" r="5.5" />`;
  return svg`${line}${dot}`;
}

export function gridLines(scale: Scale, height: number, reference?: number): TemplateResult {
  const lines = scale.ticks.map((tick) => {
    const x = scale.place(tick);
    return svg`<line class="grid" x1=${x} x2=${x} y1="0" y2=${height} />`;
  });
  if (reference === undefined) return svg`${lines}`;
  const x = scale.place(reference);
  return svg`${lines}<line class="reference" x1=${x} x2=${x} y1="0" y2=${height} />`;
}

/** The values of the axis, below the tracks; `wide`: the rows above have no words at their end. */
export function axisRow(scale: Scale, axis: (value: number) => string, wide = false): TemplateResult {
  return html`<div class="chart-row axis ${wide ? 'wide' : ''}">
    <span class="chart-label"></span>
    <svg class="track" height="18" aria-hidden="true">
      ${scale.ticks.map(
        (tick) =>
          svg`<text class="tick" x=${scale.place(tick)} y="13" text-anchor="middle">${axis(tick)}</text>`,
      )}
    </svg>
    ${wide ? nothing : html`<span class="chart-words"></span>`}
  </div>`;
}
