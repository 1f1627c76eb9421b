import type { GridCell } from './setupState.ts';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

const pageRows = 10;

/** Where a key leads from a cell; null for a key that does not move. The edges stop it. */
export function cellAfter(key: Key, { row, column }: GridCell, { rows, columns }: GridSize): GridCell | null {
  if (key.metaKey || key.altKey || key.shiftKey) return null;
  const end = { row: rows - 1, column: columns - 1 };
  const moves: Readonly<Record<string, GridCell>> = key.ctrlKey
    ? { Home: { row: 0, column: 0 }, End: end }
    : {
        ArrowDown: { row: row + 1, column },
        ArrowUp: { row: row - 1, column },
        ArrowRight: { row, column: column + 1 },
        ArrowLeft: { row, column: column - 1 },
        PageDown: { row: row + pageRows, column },
        PageUp: { row: row - pageRows, column },
        Home: { row, column: 0 },
        End: { row, column: end.column },
      };
  const wanted = Object.hasOwn(moves, key.key) ? moves[key.key] : undefined;
  if (wanted === undefined) return null;
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return { row: within(wanted.row, end.row), column: within(wanted.column, end.column) };
}
