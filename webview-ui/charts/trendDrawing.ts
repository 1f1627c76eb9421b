import { html, svg, type TemplateResult } from 'lit-html';
import { linearScale } from './scale.ts';

export interface TrendSeries {
  readonly label: string;
  /** In the order of time; null: that run does not have it. */
  readonly values: readonly (number | null)[];
}

export interface Trend {
  readonly series: readonly TrendSeries[];
  readonly bounds: { readonly low: number; readonly high: number };
  readonly axis: (value: number) => string;
  /** The place in time that is on show now. */
  readonly marked: number;
}

const heightPx = 150;
/** Room for half a mark above and below. */
const edgePx = 12;
/** As many shapes as are told apart at a glance. */
const shapes = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  'M-3.6-3.6h7.2v7.2h-7.2z',
  'M0-5l5 5-5 5-5-5z',
  'M0-5l5 9h-10z',
  'M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z',
  'M0 5l5-9h-10z',
];
const shapeOf = (series: number): string => shapes[series % shapes.length] ?? '';

/** Lines over time. Each has marks of its own shape, so that nothing is told by colour alone. */
export function trendDrawing({ series, bounds, axis, marked }: Trend): TemplateResult {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const scale = linearScale(values, bounds);
  const count = Math.max(1, ...series.map((one) => one.values.length));
  const x = (at: number): string => `${(count === 1 ? 50 : 10 + (86 * at) / (count - 1)).toFixed(2)}%`;
  const y = (value: number): string => {
    const share = (value - scale.low) / Math.max(1e-9, scale.high - scale.low);
    return (heightPx - edgePx - share * (heightPx - 2 * edgePx)).toFixed(1);
  };
  return html`<svg class="track" height=${heightPx} aria-hidden="true">
      ${scale.ticks.map(
        (tick) =>
          svg`<line class="grid" x1="0" x2="100%" y1=${y(tick)} y2=${y(tick)} /><text class="tick" x="0" y=${Number(y(tick)) - 3}>${axis(tick)}</text>`,
      )}
      ${svg`<line class="reference" x1=${x(marked)} x2=${x(marked)} y1="0" y2=${heightPx} />`}
      ${series.map(({ values: of }, at) => seriesDrawing(of, at, x, y))}
    </svg>
    <ul class="legend" aria-hidden="true">
      ${series.map(
        ({ label }, at) =>
          html`<li>
            <svg width="14" height="14" viewBox="-7 -7 14 14">
              ${svg`<path class="series-${at % 4}" d=${shapeOf(at)} />`}
            </svg>
            ${label}
          </li>`,
      )}
    </ul>`;
}

function seriesDrawing(
  values: readonly (number | null)[],
  series: number,
  x: (at: number) => string,
  y: (value: number) => string,
): TemplateResult {
  const points = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  const lines = points.slice(1).map((point, before) => {
    const from = points[before] ?? point;
    return svg`<line class="trend-line series-${series % 4}" x1=${x(from.at)} y1=${y(from.value)} x2=${x(point.at)} y2=${y(point.value)} />`;
  });
  const marks = points.map(
    ({ at, value }) =>
      svg`<svg class="track" x=${x(at)} y=${y(value)} width="1" height="1"><path class="series-${series % 4}" d=${shapeOf(series)} /></svg>`,
  );
  return svg`${lines}${marks}`;
}
