import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { JsonValue } from '../../src/core/domain/json.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import { copyRows, pasteRows } from '../pasteRows.ts';
import type { SetupForm } from '../setupForm.ts';
import { casesOf, cellEdits, cellText, columnsOf, pasteEdits } from '../state/caseGrid.ts';
import { problemAt } from '../state/setupFields.ts';
import { rowHeightPx, rowWindow } from '../state/rowWindow.ts';
import type { GridCell } from '../state/setupState.ts';
import { cellAfter } from '../state/cellAfter.ts';
import { tableSpacer } from './tableSpacer.ts';

const viewportPx = 420;

/** What a cell's keys need to know. */
interface Grid {
  readonly form: SetupForm;
  readonly cases: readonly JsonValue[];
  readonly columns: readonly string[];
  readonly active: GridCell;
}

function gridOf(form: SetupForm): Grid {
  const { value, setup, grid } = form.state;
  const cases = casesOf(value) ?? [];
  const columns = columnsOf(cases, setup.variables);
  const active = {
    row: Math.min(grid.active.row, cases.length),
    column: Math.min(grid.active.column, columns.length - 1),
  };
  return { form, cases, columns, active };
}

/**
 * The test's own cases as a spreadsheet has them: one cell has the focus, arrow keys move it, typing changes it. The row
 * below the last one makes a new case. Only the rows in sight are drawn.
 */
export function gridView(form: SetupForm): TemplateResult {
  const { grid } = form.state;
  const about = gridOf(form);
  const { cases, columns, active } = about;
  const count = cases.length + 1;
  const { from, to, beforePx, afterPx } = rowWindow(count, grid.scrollTop, viewportPx);
  // The one tab stop must be among the rows drawn.
  const stop = active.row >= from && active.row < to ? active : { ...active, row: from };
  const rows = Array.from({ length: to - from }, (_, at) => gridRow(about, from + at, stop));
  return html`<div
      class="case-scroll"
      @scroll=${(event: Event) => {
        const { scrollTop } = event.currentTarget as HTMLElement;
        form.grid({ scrollTop: Math.floor(scrollTop / rowHeightPx) * rowHeightPx });
      }}
    >
      <table class="cases grid" role="grid" aria-label="Test cases" aria-rowcount=${count + 1}>
        <thead>
          <tr aria-rowindex="1">
            <th scope="col" class="row-number"><span class="hidden">Number</span></th>
            ${columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody
          @keydown=${(event: KeyboardEvent) => onKey(event, gridOf(form.latest()))}
          @paste=${(event: ClipboardEvent) => onPaste(event, gridOf(form.latest()))}
          @copy=${(event: ClipboardEvent) => onCopy(event, gridOf(form.latest()))}
        >
          ${tableSpacer(beforePx, columns.length + 1)}${rows}${tableSpacer(afterPx, columns.length + 1)}
        </tbody>
      </table>
    </div>
    <div class="grid-foot">
      <button
        class="link"
        ?disabled=${form.locked || active.row >= cases.length}
        @click=${() => {
          form.edit({ type: 'remove', path: ['testData', active.row] });
          form.acts.focus('.grid [tabindex="0"]');
        }}
      >
        Delete case ${Math.min(active.row + 1, cases.length)}
      </button>
      <button type="button" class="link" ?disabled=${form.locked} @click=${() => form.ask('add-column')}>
        Add a column…
      </button>
      <span class="dim">Enter edits, Alt+Enter breaks the line, Delete clears; rows can be pasted.</span>
    </div>`;
}

function gridRow(about: Grid, row: number, stop: GridCell): TemplateResult {
  const { form, cases, columns } = about;
  const isNew = row >= cases.length;
  const problem = isNew ? undefined : problemAt(form.state.setup.problems, ['testData', row], true);
  return html`<tr aria-rowindex=${row + 2} class=${problem === undefined ? '' : 'wrong'}>
    <th scope="row" class="row-number" title=${problem?.message ?? nothing}>
      ${isNew ? html`<span aria-hidden="true">+</span><span class="hidden">New case</span>` : row + 1}
    </th>
    ${columns.map((name, column) => gridCell(about, { row, column }, name, stop))}
  </tr>`;
}

function gridCell(about: Grid, cell: GridCell, name: string, stop: GridCell): TemplateResult {
  const { form, cases } = about;
  const { editing } = form.state.grid;
  const text = cellText(cases[cell.row], name);
  const isStop = cell.row === stop.row && cell.column === stop.column;
  const select = (): void => form.grid({ active: cell, editing: null });
  if (isStop && editing !== null && !form.locked) {
    const typed = (event: InputEvent): void => {
      const area = event.currentTarget as HTMLTextAreaElement;
      // Written already, but still there until the next frame: the key is meant for what comes then.
      if (area.dataset['done'] === undefined) form.grid({ editing: area.value });
      else form.acts.send({ type: 'setup-acted', act: { type: 'cell-typed', text: event.data ?? '' } });
    };
    return html`<td role="gridcell" class="editing">
      <textarea
        aria-label="${name} of case ${cell.row + 1}"
        rows=${Math.min(8, Math.max(2, editing.split('\n').length))}
        .value=${live(editing)}
        @input=${typed}
        @blur=${(event: Event) => {
          const area = event.currentTarget as HTMLTextAreaElement;
          if (area.dataset['done'] === undefined) commit(about, area.value, area);
        }}
      ></textarea>
    </td>`;
  }
  return html`<td
    role="gridcell"
    tabindex=${isStop ? 0 : -1}
    @focus=${() => {
      const { active } = form.latest().state.grid;
      if (active.row !== cell.row || active.column !== cell.column) select();
    }}
    @dblclick=${() => beginEdit(about, text)}
  >
    <bdi>${oneLine(text, 160)}</bdi>
  </td>`;
}

function beginEdit({ form }: Grid, text: string): void {
  if (form.locked) return;
  form.grid({ editing: text });
  form.acts.focus('.grid textarea');
}

/** Writes what was typed into its cell, once: the field loses the focus when it goes, too. */
function commit({ form, cases, columns, active }: Grid, text: string, area: EventTarget | null): void {
  if (area instanceof HTMLTextAreaElement) area.dataset['done'] = 'written';
  form.grid({ editing: null });
  form.edit(...cellEdits(cases, active, columns, text));
}

function moveTo({ form }: Grid, cell: GridCell, target: EventTarget | null): void {
  const box = (target as HTMLElement).closest('.case-scroll');
  if (box !== null) {
    const [top, bottom] = [cell.row * rowHeightPx, (cell.row + 2) * rowHeightPx - box.clientHeight];
    const wanted = Math.max(bottom, Math.min(box.scrollTop, top));
    if (wanted !== box.scrollTop) {
      form.grid({ scrollTop: Math.floor(wanted / rowHeightPx) * rowHeightPx });
      requestAnimationFrame(() => box.scrollTo({ top: wanted }));
    }
  }
  form.grid({ active: cell, editing: null });
  form.acts.focus('.grid [tabindex="0"]');
}

function onKey(event: KeyboardEvent, about: Grid): void {
  const { form, cases, columns, active } = about;
  const { editing } = form.state.grid;
  const size = { rows: cases.length + 1, columns: columns.length };
  if (editing !== null) {
    onEditKey(event, about, editing);
    return;
  }
  const target = cellAfter(event, active, size);
  if (target !== null) {
    event.preventDefault();
    moveTo(about, target, event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || form.locked) return;
  const name = columns[active.column] ?? '';
  const text = cellText(cases[active.row], name);
  if (event.key === 'Enter' || event.key === 'F2') {
    event.preventDefault();
    beginEdit(about, text);
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    form.edit(...cellEdits(cases, active, columns, ''));
  } else if (event.key.length === 1) {
    // The field is there with the next frame; further keys until then are not lost either.
    event.preventDefault();
    form.acts.send({ type: 'setup-acted', act: { type: 'cell-typed', text: event.key } });
    form.acts.focus('.grid textarea');
  }
}

/** `text` is what was typed so far; the field it goes to is there from the next frame on. */
function onEditKey(event: KeyboardEvent, about: Grid, text: string): void {
  const { form, active, columns, cases } = about;
  const { target, key } = event;
  const area = target instanceof HTMLTextAreaElement ? target : null;
  if (event.isComposing) return;
  if (key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    if (area !== null) area.dataset['done'] = 'given up';
    moveTo(about, active, target);
  } else if (key === 'Enter' && (event.altKey || event.shiftKey)) {
    event.preventDefault();
    area?.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end');
    form.grid({ editing: area?.value ?? `${text}\n` });
  } else if (key === 'Enter' || key === 'Tab') {
    event.preventDefault();
    commit(about, text, area);
    const back = event.shiftKey ? -1 : 1;
    const next =
      key === 'Enter'
        ? { ...active, row: Math.min(active.row + 1, cases.length) }
        : { ...active, column: Math.max(0, Math.min(active.column + back, columns.length - 1)) };
    moveTo(about, next, target);
  } else if (area === null && key.length === 1 && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    form.acts.send({ type: 'setup-acted', act: { type: 'cell-typed', text: key } });
  }
}

function onPaste(event: ClipboardEvent, about: Grid): void {
  const { form, cases, columns, active } = about;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (form.state.grid.editing !== null || form.locked || text === '') return;
  event.preventDefault();
  form.edit(...pasteEdits(cases, columns, pasteRows(text, columns), active));
  form.acts.focus('.grid [tabindex="0"]');
}

function onCopy(event: ClipboardEvent, { form, cases, columns, active }: Grid): void {
  if (form.state.grid.editing !== null) return;
  event.preventDefault();
  const text = cellText(cases[active.row], columns[active.column] ?? '');
  event.clipboardData?.setData('text/plain', copyRows([[text]]));
}
