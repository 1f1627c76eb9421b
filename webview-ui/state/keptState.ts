import { isBoolean, isString, nullOr, objectOf, oneOf, type Guard } from '../../src/protocol/guard.ts';
import { rowFilters, type PanelState, type Reading, type Sorting, type SortKey } from './panelState.ts';

/** What the editor keeps of a panel over a reload: where its data lies, and how it was read. No data itself. */
export interface KeptState {
  readonly source: string;
  readonly reading: Reading;
}

const isSortKey: Guard<SortKey> = (value): value is SortKey =>
  value === 'case' ||
  value === 'change' ||
  (typeof value === 'number' && Number.isInteger(value) && value >= 0);

const isKept = objectOf<KeptState>({
  source: isString,
  reading: objectOf<Reading>({
    filter: oneOf(rowFilters),
    search: isString,
    sorting: objectOf<Sorting>({ key: isSortKey, ascending: isBoolean }),
    openCase: nullOr(isString),
    showDifferences: isBoolean,
  }),
});

export function toKeptState(state: PanelState): KeptState | null {
  const { screen, reading } = state;
  // A run that was killed with the window has its journal: it is found again, and can go on.
  const isStored = screen.type === 'report' || (screen.type === 'run' && screen.source !== '');
  return isStored ? { source: screen.source, reading } : null;
}

/** null when there is none, or one of another version. */
export function readKeptState(value: unknown): KeptState | null {
  return isKept(value) ? value : null;
}
