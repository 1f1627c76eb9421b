export const rowHeightPx = 30;
/** Rows drawn above and below what is seen, so that a fast scroll does not show empty space. */
const spareRows = 12;

export interface RowWindow {
  /** Index of the first row drawn. */
  readonly from: number;
  /** Index after the last row drawn. */
  readonly to: number;
  readonly beforePx: number;
  readonly afterPx: number;
}

/** Which of `count` rows of equal height to draw. */
export function rowWindow(count: number, scrollTopPx: number, viewportPx: number): RowWindow {
  const first = Math.floor(Math.max(0, scrollTopPx) / rowHeightPx) - spareRows;
  const seen = Math.ceil(viewportPx / rowHeightPx) + 2 * spareRows;
  const from = Math.max(0, Math.min(first, count - seen));
  const to = Math.min(count, from + seen);
  return { from, to, beforePx: from * rowHeightPx, afterPx: (count - to) * rowHeightPx };
}
