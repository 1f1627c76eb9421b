import type { PanelReport, PanelRow } from '../../src/protocol/panelReport.ts';
import { rowFilters, type Reading, type RowFilter, type SortKey } from './panelState.ts';

/** Differences of scores below this are rounding. */
const tie = 1e-9;

/** The last column's score less the first one's; null where one is missing. */
export function changeOf(row: PanelRow): number | null {
  const first = row.cells[0]?.score ?? null;
  const last = row.cells.at(-1)?.score ?? null;
  return row.cells.length < 2 || first === null || last === null ? null : last - first;
}

const keeps: Readonly<Record<RowFilter, (row: PanelRow) => boolean>> = {
  all: () => true,
  /** Some variant does worse than the first. */
  regressions: ({ cells: [first, ...others] }) => {
    const base = first?.score ?? null;
    return base !== null && others.some(({ score }) => score !== null && score < base - tie);
  },
  /** The variants do not agree: other scores, or one passed and another did not. */
  disagreements: ({ cells }) => {
    const scores = cells.flatMap(({ score }) => (score === null ? [] : [score]));
    const passed = cells.flatMap((cell) => (cell.passed === null ? [] : [cell.passed]));
    return Math.max(...scores) - Math.min(...scores) > tie || new Set(passed).size > 1;
  },
  /** Something did not pass, could not run or has no score. */
  failed: ({ cells }) =>
    cells.some(({ passed, failures, missing }) => passed === false || failures > 0 || missing > 0),
};

export function countRows(report: PanelReport): Readonly<Record<RowFilter, number>> {
  const count = (filter: RowFilter): number => report.rows.filter(keeps[filter]).length;
  return Object.fromEntries(rowFilters.map((filter) => [filter, count(filter)])) as Record<RowFilter, number>;
}

/** The rows to show, in order. Rows without a value stand last, whichever way it is sorted. */
export function selectRows(report: PanelReport, reading: Reading): readonly PanelRow[] {
  const words = reading.search.trim().toLowerCase();
  const found = report.rows.filter(
    (row) => keeps[reading.filter](row) && (words === '' || textOf(row).includes(words)),
  );
  const { key, ascending } = reading.sorting;
  if (key === 'case') return ascending ? found : found.toReversed();
  const turn = ascending ? 1 : -1;
  return found.toSorted((a, b) => {
    const [x, y] = [valueOf(a, key), valueOf(b, key)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return turn * (x - y);
  });
}

function valueOf(row: PanelRow, key: Exclude<SortKey, 'case'>): number | null {
  return key === 'change' ? changeOf(row) : (row.cells[key]?.score ?? null);
}

function textOf(row: PanelRow): string {
  return `${row.id} ${row.label}`.toLowerCase();
}
