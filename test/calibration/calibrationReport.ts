/** What a part of the calibration found: a table for the documentation and the bars it did not reach. */
export interface CalibrationPart {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
  readonly failures: readonly string[];
}

/** A part, cut into jobs that worker threads can do apart. What a job gives back is plain data. */
export interface CalibrationJobs<Result = unknown> {
  readonly jobs: number;
  run(job: number, runs: number): Result;
  /** @param results by job */
  finish(results: readonly Result[], runs: number): CalibrationPart;
}

export type Cell = string | number;

export interface CellResult {
  readonly cells: readonly Cell[];
  readonly failures: readonly string[];
}

export interface GridPart {
  readonly id: string;
  readonly title: (runs: number) => string;
  readonly head: readonly string[];
  /** What stands at the beginning of each row. */
  readonly rows: readonly (readonly Cell[])[];
  /** Jobs a row is cut into. */
  readonly columns: number;
  readonly cell: (row: number, column: number, runs: number) => CellResult;
}

/** A table whose cells are simulated apart. */
export function gridPart({ id, title, head, rows, columns, cell }: GridPart): CalibrationJobs<CellResult> {
  return {
    jobs: rows.length * columns,
    run: (job, runs) => cell(Math.floor(job / columns), job % columns, runs),
    finish: (results, runs) => ({
      id,
      title: title(runs),
      markdown: markdownTable(
        head,
        rows.map((label, row) => [
          ...label,
          ...results.slice(row * columns, (row + 1) * columns).flatMap(({ cells }) => cells),
        ]),
      ),
      failures: results.flatMap(({ failures }) => failures),
    }),
  };
}

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

/** Bars without a margin of their own are for this many runs. */
const runsOfBars = 1000;

/** What a share in percent may miss its bar by: nothing in a full calibration, the error of the simulation in a quick one. */
export function slack(share: number, runs: number): number {
  return runs >= runsOfBars ? 0 : 300 * Math.sqrt(((share / 100) * (1 - share / 100)) / runs);
}
