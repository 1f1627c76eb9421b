import type { CaseDetail, PanelReport } from '../../src/protocol/panelReport.ts';
import type { PanelRunComparison, PanelRunFacts } from '../../src/protocol/panelActs.ts';
import type { PanelRun } from '../../src/protocol/panelRun.ts';
import type { SetupState } from './setupState.ts';

/** What fills the panel. */
export type Screen =
  | { readonly type: 'waiting' }
  | { readonly type: 'problem'; readonly message: string; readonly hint: string }
  | { readonly type: 'report'; readonly source: string; readonly report: PanelReport }
  /** What `setup` holds. */
  | { readonly type: 'setup' }
  | { readonly type: 'run'; readonly source: string; readonly run: PanelRun };

export const rowFilters = ['all', 'regressions', 'disagreements', 'failed'] as const;
export type RowFilter = (typeof rowFilters)[number];

/** `case`: the order of the file; `change`: the last column against the first; a number: that column's score. */
export type SortKey = 'case' | 'change' | number;

export interface Sorting {
  readonly key: SortKey;
  readonly ascending: boolean;
}

/** How the reader looks at the cases; kept over a restart. */
export interface Reading {
  readonly filter: RowFilter;
  readonly search: string;
  readonly sorting: Sorting;
  readonly openCase: string | null;
  readonly showDifferences: boolean;
}

export interface PanelState {
  readonly screen: Screen;
  readonly reading: Reading;
  /** The form this panel began with, kept while its run and its report are shown; null where there was none. */
  readonly setup: SetupState | null;
  /** Of `reading.openCase`; null until the host has sent it. */
  readonly detail: CaseDetail | null;
  /** Which repetition of the open case is shown, from 0. */
  readonly repetition: number;
  /** The row with the tab stop, by its place among the rows shown. */
  readonly activeRow: number;
  /** Of the report on show; null until the host has sent it, and for a report that lies outside of its run. */
  readonly facts: PanelRunFacts | null;
  /** What changed since another run, when the reader asked. */
  readonly comparison: PanelRunComparison | null;
  /** The variant to act on; null: the one ahead. */
  readonly chosenColumn: string | null;
  /** Pixels the table is scrolled down. */
  readonly scrollTop: number;
}

export const initialReading: Reading = {
  filter: 'all',
  search: '',
  sorting: { key: 'case', ascending: true },
  openCase: null,
  showDifferences: true,
};

export const initialState: PanelState = {
  screen: { type: 'waiting' },
  reading: initialReading,
  setup: null,
  detail: null,
  repetition: 0,
  activeRow: 0,
  facts: null,
  comparison: null,
  chosenColumn: null,
  scrollTop: 0,
};
