import type { HostMessage } from '../../src/protocol/hostMessage.ts';
import type { PanelReport } from '../../src/protocol/panelReport.ts';
import { initialReading, type PanelState, type RowFilter, type SortKey } from './panelState.ts';
import { reduceSetup, showSetup, type SetupAct } from './reduceSetup.ts';

/** What happens to the panel: a message of the host, or something the reader did. */
export type PanelAction =
  | HostMessage
  | { readonly type: 'setup-acted'; readonly act: SetupAct }
  | { readonly type: 'filter-chosen'; readonly filter: RowFilter }
  | { readonly type: 'search-changed'; readonly search: string }
  | { readonly type: 'sort-chosen'; readonly key: SortKey }
  | { readonly type: 'case-opened'; readonly caseId: string }
  | { readonly type: 'case-closed' }
  | { readonly type: 'repetition-chosen'; readonly repetition: number }
  | { readonly type: 'differences-toggled'; readonly shown: boolean }
  | { readonly type: 'column-chosen'; readonly columnId: string }
  | { readonly type: 'comparison-closed' }
  | { readonly type: 'row-activated'; readonly row: number }
  | { readonly type: 'rows-scrolled'; readonly scrollTop: number };

/** Pure: the same state and action always give the same state. */
export function reducePanel(state: PanelState, action: PanelAction): PanelState {
  switch (action.type) {
    case 'report-shown':
      return showReport(state, action.source, action.report);
    case 'run-updated':
      return { ...state, screen: { type: 'run', source: action.source, run: action.run } };
    case 'setup-shown':
      return { ...state, screen: { type: 'setup' }, setup: showSetup(state.setup, action.setup) };
    case 'setup-acted': {
      if (state.setup === null) return state;
      const setup = reduceSetup(state.setup, action.act);
      return setup === state.setup ? state : { ...state, setup };
    }
    case 'problem-shown':
      return { ...state, screen: { type: 'problem', message: action.message, hint: action.hint } };
    case 'case-shown':
      // An answer that comes late, after another case was opened, is of no use.
      return action.detail.caseId === state.reading.openCase ? { ...state, detail: action.detail } : state;
    case 'facts-shown':
      return isOnShow(state, action.source) ? { ...state, facts: action.facts } : state;
    case 'run-comparison-shown':
      return { ...state, comparison: action.comparison };
    case 'comparison-closed':
      return { ...state, comparison: null };
    case 'column-chosen':
      return { ...state, chosenColumn: action.columnId };
    case 'filter-chosen':
      return backToTop({ ...state, reading: { ...state.reading, filter: action.filter } });
    case 'search-changed':
      return backToTop({ ...state, reading: { ...state.reading, search: action.search } });
    case 'sort-chosen':
      return backToTop(sortBy(state, action.key));
    case 'case-opened':
      return openCase(state, action.caseId);
    case 'case-closed':
      return openCase(state, null);
    case 'repetition-chosen':
      return { ...state, repetition: action.repetition };
    case 'differences-toggled':
      return { ...state, reading: { ...state.reading, showDifferences: action.shown } };
    case 'row-activated':
      return { ...state, activeRow: action.row };
    case 'rows-scrolled':
      return { ...state, scrollTop: action.scrollTop };
  }
}

/** How one reads stays as long as it is the same run. */
function showReport(state: PanelState, source: string, report: PanelReport): PanelState {
  const before = state.screen;
  const same = before.type === 'waiting' || (before.type === 'report' && before.source === source);
  const reading = same ? state.reading : initialReading;
  const known = report.rows.some(({ id }) => id === reading.openCase);
  const sortable = typeof reading.sorting.key !== 'number' || reading.sorting.key < report.columns.length;
  return {
    ...state,
    screen: { type: 'report', source, report },
    reading: {
      ...reading,
      openCase: known ? reading.openCase : null,
      sorting: sortable ? reading.sorting : initialReading.sorting,
    },
    detail: known ? state.detail : null,
    // What belongs to the run follows its report.
    facts: null,
    comparison: null,
    ...(same ? {} : { activeRow: 0, scrollTop: 0, repetition: 0, chosenColumn: null }),
  };
}

const isOnShow = ({ screen }: PanelState, source: string): boolean =>
  screen.type === 'report' && screen.source === source;

function openCase(state: PanelState, caseId: string | null): PanelState {
  if (caseId === state.reading.openCase) return state;
  return { ...state, reading: { ...state.reading, openCase: caseId }, detail: null, repetition: 0 };
}

/** The same column again turns its order. Numbers begin with the least, where the trouble is. */
function sortBy(state: PanelState, key: SortKey): PanelState {
  const { sorting } = state.reading;
  const ascending = sorting.key === key ? !sorting.ascending : true;
  return { ...state, reading: { ...state.reading, sorting: { key, ascending } } };
}

function backToTop(state: PanelState): PanelState {
  return { ...state, activeRow: 0, scrollTop: 0 };
}
