import { svg, type TemplateResult } from 'lit-html';
import type { Bin } from './histogram.ts';
import type { Scale } from './scale.ts';

export interface Bars {
  readonly bins: readonly Bin[];
  readonly scale: Scale;
  readonly heightPx: number;
  /** The tallest bar's count; the same for drawings that stand together. */
  readonly most: number;
  readonly kind: (bin: Bin) => string;
}

/** The bars of a histogram, as the inside of an SVG that is as wide as its place. */
export function barsDrawing({ bins, scale, heightPx, most, kind }: Bars): TemplateResult {
  return svg`${bins
    .filter(({ count }) => count > 0)
    .map((bin) => {
      const left = Number.parseFloat(scale.place(bin.low));
      const width = Math.max(0.8, Number.parseFloat(scale.place(bin.high)) - left - 0.3);
      const tall = Math.max(2, (bin.count / Math.max(1, most)) * heightPx);
      return svg`<rect class="bar ${kind(bin)}" x="${left.toFixed(2)}%" width="${width.toFixed(2)}%" y=${(heightPx - tall).toFixed(1)} height=${tall.toFixed(1)} />`;
    })}`;
}
