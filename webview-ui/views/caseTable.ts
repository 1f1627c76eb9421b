import { html, nothing, type TemplateResult } from 'lit-html';
import { asNumber } from '../../src/core/reporting/numberWords.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type { PanelCell, PanelReport, PanelRow } from '../../src/protocol/panelReport.ts';
import type { Acts } from '../acts.ts';
import type { PanelState, SortKey } from '../state/panelState.ts';
import { rowHeightPx, rowWindow } from '../state/rowWindow.ts';
import { changeOf } from '../state/selectRows.ts';
import { tableSpacer } from './tableSpacer.ts';

/** Tall enough for any panel: what lies outside of it is drawn for nothing, but never missing. */
const viewportPx = 640;

/** A native table that draws only the rows in sight. The active row has the one tab stop; arrow keys move it. */
export function caseTable(
  report: PanelReport,
  rows: readonly PanelRow[],
  state: PanelState,
  acts: Acts,
): TemplateResult {
  if (rows.length === 0) {
    return html`<p class="empty">
      ${report.rows.length === 0 ? 'No case has run.' : 'No case fits this filter.'}
    </p>`;
  }
  const { from, to, beforePx, afterPx } = rowWindow(rows.length, state.scrollTop, viewportPx);
  const columns = report.columns.length + (report.columns.length > 1 ? 3 : 2);
  const active = state.activeRow >= from && state.activeRow < to ? state.activeRow : from;
  return html`<div
    class="case-scroll"
    @scroll=${(event: Event) => {
      const { scrollTop } = event.currentTarget as HTMLElement;
      acts.send({ type: 'rows-scrolled', scrollTop: Math.floor(scrollTop / rowHeightPx) * rowHeightPx });
    }}
  >
    <table class="cases ${report.columns.length > 3 ? 'many' : ''}" aria-rowcount=${rows.length + 1}>
      <caption class="hidden">
        Cases
      </caption>
      ${tableHead(report, state, acts)}
      <tbody @keydown=${(event: KeyboardEvent) => moveByKey(event, active, rows.length, acts)}>
        ${tableSpacer(beforePx, columns)}
        ${rows.slice(from, to).map((row, at) => tableRow(row, from + at, from + at === active, state, acts))}
        ${tableSpacer(afterPx, columns)}
      </tbody>
    </table>
  </div>`;
}

function tableHead(report: PanelReport, state: PanelState, acts: Acts): TemplateResult {
  const { sorting } = state.reading;
  const head = (key: SortKey, label: string, title: string): TemplateResult => {
    const sorted = sorting.key === key ? (sorting.ascending ? 'ascending' : 'descending') : null;
    const arrow = sorted === null ? '' : sorted === 'ascending' ? ' ↑' : ' ↓';
    return html`<th scope="col" aria-sort=${sorted ?? nothing} class=${key === 'case' ? 'id' : 'number'}>
      <button class="sort" title=${title} @click=${() => acts.send({ type: 'sort-chosen', key })}>
        ${label}<span aria-hidden="true">${arrow}</span>
      </button>
    </th>`;
  };
  const first = report.columns[0]?.label ?? '';
  const last = report.columns.at(-1)?.label ?? '';
  return html`<thead>
    <tr aria-rowindex="1">
      ${head('case', 'Case', 'Sort by the order of the cases')}
      <th scope="col" class="values">Values</th>
      ${report.columns.map(({ label, detail }, at) => head(at, label, `Sort by the score of ${label}. ${detail}`))}
      ${report.columns.length > 1 ? head('change', 'Change', `Sort by ${last} less ${first}`) : nothing}
    </tr>
  </thead>`;
}

function tableRow(
  row: PanelRow,
  index: number,
  active: boolean,
  state: PanelState,
  acts: Acts,
): TemplateResult {
  const open = state.reading.openCase === row.id;
  const opened = (): void => {
    acts.send({ type: 'row-activated', row: index });
    acts.send({ type: 'case-opened', caseId: row.id });
    acts.post({ type: 'case-requested', caseId: row.id });
    acts.focus('#case-heading');
  };
  return html`<tr aria-rowindex=${index + 2} class=${open ? 'open' : ''} @click=${opened}>
    <th scope="row" class="id">
      <button
        class="link"
        data-row=${index}
        tabindex=${active ? 0 : -1}
        aria-expanded=${open}
        @click=${(event: Event) => {
          event.stopPropagation();
          opened();
        }}
      >
        ${oneLine(row.id, 60)}
      </button>
    </th>
    <td class="values"><bdi>${oneLine(row.label, 160)}</bdi></td>
    ${row.cells.map((cell) => html`<td class="number">${cellWords(cell)}</td>`)}
    ${row.cells.length > 1 ? html`<td class="number">${changeWords(changeOf(row))}</td>` : nothing}
  </tr>`;
}

/** A mark and a number; the mark has a name of its own for those who do not see it. */
function cellWords({ score, passed, failures, missing }: PanelCell): TemplateResult {
  if (score === null) {
    const word = failures > 0 ? 'failed' : missing > 0 ? 'no score' : 'not run';
    return html`<span class=${failures > 0 ? 'bad' : 'dim'}>${word}</span>`;
  }
  const mark = passed === null ? nothing : scoreMark(passed);
  const lost =
    failures + missing > 0
      ? html` <span class="bad" title="${missing} of the repetitions have no score">!</span>`
      : nothing;
  return html`${asNumber(score, 2)} ${mark}${lost}`;
}

export function scoreMark(passed: boolean): TemplateResult {
  return passed
    ? html`<span class="good" aria-hidden="true">✓</span><span class="hidden">passed</span>`
    : html`<span class="bad" aria-hidden="true">✗</span><span class="hidden">not passed</span>`;
}

function changeWords(change: number | null): TemplateResult {
  if (change === null) return html`<span class="dim">–</span>`;
  if (Math.abs(change) < 1e-9) return html`<span class="dim">=</span>`;
  const points = `${change > 0 ? '+' : ''}${asNumber(change * 100, 0)}`;
  return html`<span class=${change > 0 ? 'good' : 'bad'}
    >${points} <span aria-hidden="true">${change > 0 ? '▲' : '▼'}</span></span
  >`;
}

const moves: Readonly<Record<string, (row: number, count: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  PageDown: (row) => row + 10,
  PageUp: (row) => row - 10,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveByKey(event: KeyboardEvent, active: number, count: number, acts: Acts): void {
  const move = moves[event.key];
  if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const row = Math.max(0, Math.min(count - 1, move(active, count)));
  const box = (event.currentTarget as HTMLElement).closest('.case-scroll');
  if (box !== null) {
    // The header sticks to the top and takes one row's height.
    const [top, bottom] = [row * rowHeightPx, (row + 2) * rowHeightPx - box.clientHeight];
    const wanted = Math.max(bottom, Math.min(box.scrollTop, top));
    if (wanted !== box.scrollTop) {
      acts.send({ type: 'rows-scrolled', scrollTop: Math.floor(wanted / rowHeightPx) * rowHeightPx });
      // The rows there are drawn in the same frame, before the box is moved to them.
      requestAnimationFrame(() => box.scrollTo({ top: wanted }));
    }
  }
  acts.send({ type: 'row-activated', row });
  acts.focus(`[data-row="${row}"]`);
}
