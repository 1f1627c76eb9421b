import { escapeMarkup } from './escapeMarkup.ts';

export interface ChartRow {
  readonly label: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The value in words, printed beside the row. */
  readonly words: string;
  /** Marked with a filled dot and in words, not by colour alone. */
  readonly highlighted: boolean;
}

export interface Chart {
  readonly title: string;
  readonly rows: readonly ChartRow[];
  /** A line to compare with, e.g. 0 for differences. */
  readonly reference?: number;
  readonly axis: (value: number) => string;
}

const size = { width: 720, label: 190, words: 150, row: 34, top: 8, bottom: 28 };

/** Dots with whiskers on one axis, as inline SVG: no script, nothing loaded. */
export function renderIntervalChart({ title, rows, reference, axis }: Chart): string {
  const range = rangeOf(rows, reference);
  const left = size.label;
  const right = size.width - size.words;
  const place = (value: number): number =>
    left + ((value - range.low) / (range.high - range.low)) * (right - left);
  const height = size.top + rows.length * size.row + size.bottom;
  const bottom = height - size.bottom;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => range.low + share * (range.high - range.low));
  const grid = ticks.map((tick) => {
    const x = place(tick).toFixed(1);
    return `<line class="grid" x1="${x}" y1="${size.top}" x2="${x}" y2="${bottom}"/><text class="tick" x="${x}" y="${bottom + 18}" text-anchor="middle">${escapeMarkup(axis(tick))}</text>`;
  });
  const zero =
    reference === undefined
      ? ''
      : `<line class="reference" x1="${place(reference).toFixed(1)}" y1="${size.top}" x2="${place(reference).toFixed(1)}" y2="${bottom}"/>`;
  const marks = rows.map((row, at) => renderRow(row, size.top + (at + 0.5) * size.row, place));
  const summary = rows.map((row) => `${row.label}: ${row.words}`).join('; ');
  return (
    `<svg viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeMarkup(`${title}. ${summary}`)}">` +
    `${grid.join('')}${zero}${marks.join('')}</svg>`
  );
}

function renderRow(row: ChartRow, y: number, place: (value: number) => number): string {
  const parts = [
    `<text class="label" x="0" y="${y + 4}">${escapeMarkup(cut(row.label))}</text>`,
    `<text class="words" x="${size.width - size.words + 12}" y="${y + 4}">${escapeMarkup(row.words)}</text>`,
  ];
  if (row.low !== null && row.high !== null) {
    const [from, to] = [place(row.low).toFixed(1), place(row.high).toFixed(1)];
    parts.push(`<line class="whisker" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/>`);
  }
  if (row.value !== null) {
    const kind = row.highlighted ? 'dot best' : 'dot';
    parts.push(`<circle class="${kind}" cx="${place(row.value).toFixed(1)}" cy="${y}" r="6"/>`);
  }
  return parts.join('');
}

function cut(label: string): string {
  const characters = Array.from(label);
  return characters.length > 26 ? `${characters.slice(0, 25).join('')}…` : label;
}

function rangeOf(rows: readonly ChartRow[], reference: number | undefined): { low: number; high: number } {
  const values = [...rows.flatMap(({ value, low, high }) => [value, low, high]), reference ?? null].filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  const margin = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.1, 0.05);
  return { low: low - margin, high: high + margin };
}
