import { html, nothing, type TemplateResult } from 'lit-html';
import { oneLine, plainText } from '../../src/core/reporting/plainText.ts';
import type { CaseDetail, PanelReport, PanelRow } from '../../src/protocol/panelReport.ts';
import type { Acts } from '../acts.ts';
import { button, checkbox, progressRing, select } from '../components.ts';
import type { PanelState } from '../state/panelState.ts';
import type { Labelling } from './labelView.ts';
import { outputText } from './outputText.ts';
import { resultView } from './resultView.ts';

/** One case with the outputs of every variant side by side. */
export function caseDetailView(
  report: PanelReport,
  rows: readonly PanelRow[],
  index: number,
  state: PanelState,
  acts: Acts,
): TemplateResult {
  const { detail } = state;
  const close = (): void => {
    acts.send({ type: 'case-closed' });
    acts.focus(`[data-row="${state.activeRow}"]`);
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
  };
  return html`<section class="detail" aria-labelledby="case-heading" @keydown=${closeByKey}>
    <div class="toolbar">
      <h3 id="case-heading" tabindex="-1">${oneLine(state.reading.openCase ?? '', 80)}</h3>
      <span class="grow"></span>
      ${stepButton('Previous', index - 1, index === -1, rows, acts)}
      ${stepButton('Next', index + 1, index === -1, rows, acts)}
      ${button({ label: 'Close', accessibleName: 'Close the case', onClick: close })}
    </div>
    ${detail === null ? progressRing('Reading the case') : detailBody(report, detail, state, acts)}
  </section>`;
}

function stepButton(
  label: string,
  index: number,
  filteredOut: boolean,
  rows: readonly PanelRow[],
  acts: Acts,
): TemplateResult {
  const row = filteredOut ? undefined : rows[index];
  return button({
    label,
    accessibleName: `${label} case`,
    disabled: row === undefined,
    onClick: () => {
      if (row === undefined) return;
      acts.send({ type: 'row-activated', row: index });
      acts.send({ type: 'case-opened', caseId: row.id });
      acts.post({ type: 'case-requested', caseId: row.id });
    },
  });
}

function detailBody(report: PanelReport, detail: CaseDetail, state: PanelState, acts: Acts): TemplateResult {
  const repetitions = Math.max(0, ...detail.results.map((results) => results.length));
  const repetition = Math.min(state.repetition, Math.max(0, repetitions - 1));
  const outputOf = (at: number): string | null => detail.results[at]?.[repetition]?.output ?? null;
  /** With two variants the first one shows what the other lacks; with more it is the measure of all. */
  const comparedWith = (at: number): string | null => {
    if (!state.reading.showDifferences) return null;
    if (at > 0) return outputOf(0);
    return report.columns.length === 2 ? outputOf(1) : null;
  };
  return html`${valuesView(detail)}
    ${outputControls({ report, detail, repetitions, repetition }, state, acts)}
    <div class="outputs">
      ${report.columns.map((column, at) =>
        resultView(detail.results[at]?.[repetition] ?? null, {
          column,
          comparedWith: comparedWith(at),
          asBase: at === 0,
          openWhole: () =>
            acts.post({ type: 'output-requested', caseId: detail.caseId, columnId: column.id, repetition }),
          labelling: labellingOf(state, { caseId: detail.caseId, columnId: column.id, repetition }, acts),
        }),
      )}
    </div>`;
}

function labellingOf(
  { facts }: PanelState,
  output: { readonly caseId: string; readonly columnId: string; readonly repetition: number },
  acts: Acts,
): Labelling | null {
  if (facts === null) return null;
  const found = facts.labels.find(
    ({ caseId, variant, repetition }) =>
      caseId === output.caseId && variant === output.columnId && repetition === output.repetition,
  );
  return {
    label: found?.label ?? null,
    give: (label) => acts.post({ type: 'label-given', ...output, label }),
  };
}

function valuesView({ vars, expected }: CaseDetail): TemplateResult {
  const value = (name: string, text: string): TemplateResult =>
    html`<dt>${name}</dt>
      <dd>${outputText(plainText(text))}</dd>`;
  return html`<dl class="vars">
    ${vars.map((given) => value(oneLine(given.name, 60), given.value))}
    ${expected === null ? nothing : value('expected', expected)}
  </dl>`;
}

interface ShownRepetition {
  readonly report: PanelReport;
  readonly detail: CaseDetail;
  readonly repetitions: number;
  readonly repetition: number;
}

function outputControls(shown: ShownRepetition, state: PanelState, acts: Acts): TemplateResult {
  const [base, ...others] = shown.report.columns;
  const last = others.at(-1);
  const { caseId } = shown.detail;
  return html`<div class="toolbar">
    ${shown.repetitions > 1 ? repetitionSelect(shown, acts) : nothing}
    ${
      last === undefined || base === undefined
        ? nothing
        : html`${checkbox({
            label: 'Mark the words that differ',
            checked: state.reading.showDifferences,
            onChange: (marked) => acts.send({ type: 'differences-toggled', shown: marked }),
          })}
          ${button({
            label: 'Open in Diff Editor',
            accessibleName: `Open in Diff Editor: ${base.label} and ${last.label}`,
            onClick: () => {
              const { repetition } = shown;
              acts.post({ type: 'diff-requested', caseId, left: base.id, right: last.id, repetition });
            },
          })}`
    }
  </div>`;
}

function repetitionSelect({ repetitions, repetition }: ShownRepetition, acts: Acts): TemplateResult {
  return select({
    label: 'Repetition',
    value: String(repetition),
    options: Array.from({ length: repetitions }, (_, at) => ({
      value: String(at),
      label: `Repetition ${at + 1} of ${repetitions}`,
    })),
    onChange: (value) => acts.send({ type: 'repetition-chosen', repetition: Number(value) }),
  });
}
