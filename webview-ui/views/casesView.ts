import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelReport } from '../../src/protocol/panelReport.ts';
import type { Acts } from '../acts.ts';
import { textField } from '../components.ts';
import { rowFilters, type PanelState, type RowFilter } from '../state/panelState.ts';
import { countRows, selectRows } from '../state/selectRows.ts';
import { caseDetailView } from './caseDetailView.ts';
import { caseTable } from './caseTable.ts';
import { counted } from './words.ts';

const filterWords: Readonly<Record<RowFilter, { label: string; title: string }>> = {
  all: { label: 'All', title: 'Every case' },
  regressions: { label: 'Regressions', title: 'Some variant does worse than the first' },
  disagreements: { label: 'Disagreements', title: 'The variants do not score alike' },
  failed: { label: 'Failed', title: 'Did not pass, could not run, or has no score' },
};

/** Counting 2,000 rows is cheap, but not at every frame of a scroll. */
const counts = new WeakMap<PanelReport, ReturnType<typeof countRows>>();

export function casesView(report: PanelReport, state: PanelState, acts: Acts): TemplateResult {
  const rows = rememberRows(report, state);
  const index = rows.findIndex(({ id }) => id === state.reading.openCase);
  return html`<section aria-labelledby="cases-heading">
    <h2 id="cases-heading">Cases</h2>
    <div class="toolbar">
      ${filterButtons(report, state, acts)}
      ${textField({
        label: 'Search in the cases',
        placeholder: 'Search id and values',
        value: state.reading.search,
        onInput: (search) => acts.send({ type: 'search-changed', search }),
      })}
      <span class="dim" role="status">${counted(rows.length, 'case')}</span>
    </div>
    ${caseTable(report, rows, state, acts)}
    ${state.reading.openCase === null ? nothing : caseDetailView(report, rows, index, state, acts)}
  </section>`;
}

function filterButtons(report: PanelReport, state: PanelState, acts: Acts): TemplateResult {
  const known = counts.get(report) ?? countRows(report);
  counts.set(report, known);
  const shown = rowFilters.filter(
    (filter) => report.columns.length > 1 || filter === 'all' || filter === 'failed',
  );
  return html`<div class="chips" role="group" aria-label="Show">
    ${shown.map(
      (filter) =>
        html`<button
          class="chip"
          title=${filterWords[filter].title}
          aria-pressed=${state.reading.filter === filter}
          @click=${() => acts.send({ type: 'filter-chosen', filter })}
        >
          ${filterWords[filter].label} <span class="count">${known[filter].toLocaleString('en')}</span>
        </button>`,
    )}
  </div>`;
}

let last: { key: readonly unknown[]; rows: ReturnType<typeof selectRows> } | null = null;

function rememberRows(report: PanelReport, { reading }: PanelState): ReturnType<typeof selectRows> {
  const key = [report, reading.filter, reading.search, reading.sorting];
  if (last?.key.every((part, at) => part === key[at]) !== true) {
    last = { key, rows: selectRows(report, reading) };
  }
  return last.rows;
}
