import { html, nothing, type TemplateResult } from 'lit-html';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type { SetupPreview } from '../../src/protocol/setup.ts';
import { button, textArea } from '../components.ts';
import { pasteRows } from '../pasteRows.ts';
import type { SetupForm } from '../setupForm.ts';
import { appendCases, casesOf, columnsOf, pasteEdits } from '../state/caseGrid.ts';
import { problemAt, toFieldText } from '../state/setupFields.ts';
import { iconButton, problemView } from './setupFieldViews.ts';
import { gridView } from './setupGrid.ts';
import { counted } from './words.ts';

/** What the variants are tried on: cases of the test's own, of a data file, or of the first variant. */
export function casesSection(form: SetupForm): TemplateResult {
  const { value, setup, paste } = form.state;
  const cases = casesOf(value);
  const file = toFieldText(value['testDataFile']);
  const columns = columnsOf(cases ?? [], setup.variables);
  const inherits = cases === null && file === '';
  return html`<section class="setup-part" aria-labelledby="cases-heading">
    <h2 id="cases-heading">Test cases</h2>
    ${problemView(problemAt(setup.problems, ['testData']))}
    ${inherits ? inheritedView(setup.inherited, form) : nothing} ${cases === null ? nothing : gridView(form)}
    <div class="toolbar" role="toolbar" aria-label="Test cases">
      ${button({
        label: 'Add Case',
        disabled: form.locked,
        onClick: () => {
          form.edit(appendCases([{}]));
          form.grid({ active: { row: cases?.length ?? 0, column: 0 }, editing: null });
          form.acts.focus('.grid [tabindex="0"]');
        },
      })}
      ${button({
        label: 'Paste from Spreadsheet…',
        disabled: form.locked,
        onClick: () => {
          form.paste('');
          form.acts.focus('[data-key="paste"]');
        },
      })}
      ${button({
        label: file === '' ? 'Use a Data File…' : 'Change Data File…',
        disabled: form.locked,
        onClick: () => form.ask('data-file'),
      })}
      ${
        cases === null
          ? nothing
          : button({
              label: file === '' ? 'Use the First Variant’s Cases' : 'Remove These Cases',
              disabled: form.locked,
              onClick: () => form.edit({ type: 'remove', path: ['testData'] }),
            })
      }
    </div>
    ${paste === null ? nothing : pasteView(form, paste, columns, cases?.length ?? 0)}
    ${file === '' ? nothing : dataFileView(form, file)}
  </section>`;
}

function inheritedView(inherited: SetupPreview | null, form: SetupForm): TemplateResult {
  if (inherited === null || inherited.count === 0) {
    return html`<p class="hint">
      There are no cases yet. Add some here, paste them from a spreadsheet, or use a data file.
    </p>`;
  }
  return html`<p class="dim">
      ${counted(inherited.count, 'case')} of the first variant, from ${inherited.from}. Cases added here take
      their place.
    </p>
    ${previewTable(inherited, 'Cases of the first variant')}
    <p>
      ${button({ label: 'Copy Them Here to Edit', disabled: form.locked, onClick: () => form.ask('copy-cases') })}
    </p>`;
}

function dataFileView(form: SetupForm, file: string): TemplateResult {
  const { dataFile, problems } = form.state.setup;
  return html`<div class="card data-file">
    <div class="variant-head">
      <div class="grow">
        <h3>${file}</h3>
        <p class="dim">
          ${dataFile === null ? nothing : `${dataFile.more ? 'More than ' : ''}${counted(dataFile.count, 'case')}`}
        </p>
      </div>
      ${iconButton(form, '✕', 'Remove the data file', true, () => form.edit({ type: 'remove', path: ['testDataFile'] }))}
    </div>
    ${problemView(problemAt(problems, ['testDataFile']))}
    ${dataFile === null || dataFile.count === 0 ? nothing : previewTable(dataFile, `First cases of ${file}`)}
  </div>`;
}

function previewTable(preview: SetupPreview, caption: string): TemplateResult {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="plain preview">
      <caption class="hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${preview.columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${preview.rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td><bdi>${oneLine(cell, 120)}</bdi></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      preview.count > preview.rows.length
        ? html`<p class="dim">The first ${preview.rows.length} of ${preview.count.toLocaleString('en')}.</p>`
        : nothing
    }
  </div>`;
}

/** A place to paste into that needs no leave to read the clipboard, and says what it makes of it. */
function pasteView(
  form: SetupForm,
  text: string,
  columns: readonly string[],
  existing: number,
): TemplateResult {
  const pasted = pasteRows(text, columns);
  const { header, rows } = pasted;
  const named = header ?? columns.slice(0, rows[0]?.length ?? 0);
  const words =
    rows.length === 0
      ? 'Copy cells in your spreadsheet and paste them here. A first row with the names of the columns is recognised.'
      : `${counted(rows.length, 'case')}; columns: ${named.join(', ')}${header === null ? ', in this order (the first row names no column)' : ' (from the first row)'}.`;
  const close = (): void => {
    form.paste(null);
    form.acts.focus('.grid [tabindex="0"], #cases-heading ~ .toolbar pt-button');
  };
  return html`<div class="card paste" role="group" aria-label="Paste from a spreadsheet">
    ${textArea({
      label: 'Cells from a spreadsheet',
      key: 'paste',
      value: text,
      placeholder: columns.join('\t'),
      rows: 5,
      onInput: form.paste,
    })}
    <p class="dim" role="status">${words}</p>
    <div class="toolbar">
      ${button({
        label: rows.length === 0 ? 'Add Cases' : `Add ${counted(rows.length, 'Case')}`,
        primary: true,
        disabled: rows.length === 0 || form.locked,
        onClick: () => {
          // Below the cases that are there.
          const at = { row: existing, column: 0 };
          form.edit(...pasteEdits(casesOf(form.state.value) ?? [], columns, pasted, at));
          form.grid({ active: at, editing: null });
          close();
        },
      })}
      ${button({ label: 'Cancel', onClick: close })}
    </div>
  </div>`;
}
