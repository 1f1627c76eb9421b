/** What a part of the calibration found: a table for the documentation and the bars it did not reach. */
export interface CalibrationPart {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
  readonly failures: readonly string[];
}

export type Cell = string | number;

export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** A share in percent with one decimal. */
export function percent(count: number, runs: number): number {
  return Math.round((1000 * count) / runs) / 10;
}

/** The bar "at most 5%" with some standard errors of the simulation, in percent. */
export function falseWinnerBar(runs: number, errors = 2): number {
  return 100 * (0.05 + errors * Math.sqrt((0.05 * 0.95) / runs));
}
