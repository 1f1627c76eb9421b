import { isBoolean, isString, nullOr, objectOf, oneOf, type Guard } from '../../src/protocol/guard.ts';
import type { JsonObject } from '../../src/core/domain/json.ts';
import { isJsonObject } from '../../src/protocol/setupGuards.ts';
import { rowFilters, type PanelState, type Reading, type Sorting, type SortKey } from './panelState.ts';
import type { SetupState } from './setupState.ts';

/** What the editor keeps of a panel over a reload: where its data lies, and how it was read. */
export interface KeptState {
  /** Of the report; '' without one. */
  readonly source: string;
  readonly reading: Reading;
  readonly setup: KeptSetup | null;
}

export interface KeptSetup {
  readonly source: string;
  /** All there is of a draft; null for a file, which keeps itself. */
  readonly draft: JsonObject | null;
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
  setup: nullOr(objectOf<KeptSetup>({ source: isString, draft: nullOr(isJsonObject) })),
});

export function toKeptState({ screen, reading, setup }: PanelState): KeptState | null {
  // A run that was killed with the window has its journal: it is found again, and can go on.
  const source = screen.type === 'report' || screen.type === 'run' ? screen.source : '';
  if (source === '' && setup === null) return null;
  // A proposal cannot be kept: its text is in no file.
  const keeps = setup !== null && setup.setup.lock?.startable !== true;
  return { source, reading, setup: keeps ? toKeptSetup(setup) : null };
}

const toKeptSetup = ({ setup: { source, file }, value }: SetupState): KeptSetup => ({
  source,
  draft: file === null ? value : null,
});

/** null when there is none, or one of another version. */
export function readKeptState(value: unknown): KeptState | null {
  return isKept(value) ? value : null;
}
