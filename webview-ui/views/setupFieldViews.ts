import { html, nothing, type TemplateResult } from 'lit-html';
import type { SetupEdit, SetupPath, SetupProblem } from '../../src/protocol/setup.ts';
import { textArea, textField } from '../components.ts';
import type { SetupForm } from '../setupForm.ts';
import { fieldText, problemAt, textCodec, type FieldCodec } from '../state/setupFields.ts';

export interface FieldOptions {
  readonly path: SetupPath;
  /** Above the field. */
  readonly label: string;
  /** Where the label alone does not say what it belongs to. */
  readonly name?: string;
  /** Default: text. */
  readonly codec?: FieldCodec;
  readonly placeholder?: string;
  /** Lines; more than one makes it a field for long texts. */
  readonly rows?: number;
  readonly around?: (edit: SetupEdit) => readonly SetupEdit[];
  readonly class?: string;
}

/** A field for one part of the file, with what is wrong with it below. */
export function field(form: SetupForm, options: FieldOptions): TemplateResult {
  const { path, label, name = label, codec = textCodec, placeholder = '', rows = 1, around } = options;
  const problem = problemAt(form.state.setup.problems, path, true);
  const common = {
    label: name,
    value: fieldText(form.state, path, codec),
    placeholder,
    problem: problem?.message,
    disabled: form.locked,
    key: path.join('.'),
    onInput: (text: string) => form.type(path, text, codec, around),
  };
  return html`<div class="field ${options.class ?? ''}">
    <span class="field-label" aria-hidden="true">${label}</span>
    ${rows > 1 ? textArea({ ...common, rows }) : textField(common)} ${problemView(problem)}
  </div>`;
}

export function problemView(problem: SetupProblem | undefined): TemplateResult | typeof nothing {
  if (problem === undefined) return nothing;
  const { severity, message } = problem;
  return html`<p class=${severity === 'error' ? 'field-problem bad' : 'field-problem'}>
    <span class="hidden">${severity}: </span>${message}
  </p>`;
}

/** A control that is no text field, under its label. */
export function labelled(
  label: string,
  control: TemplateResult,
  problem?: SetupProblem,
  note = '',
): TemplateResult {
  return html`<div class="field">
    <span class="field-label" aria-hidden="true">${label}</span>
    ${control} ${problemView(problem)} ${note === '' ? nothing : html`<span class="dim">${note}</span>`}
  </div>`;
}

/** A small button with a sign for a label; `does` says what, to all. */
export function iconButton(
  form: SetupForm,
  sign: string | TemplateResult,
  does: string,
  enabled: boolean,
  onClick: () => void,
  key?: string,
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${does}
    aria-label=${does}
    data-key=${key ?? nothing}
    ?disabled=${form.locked || !enabled}
    @click=${onClick}
  >
    ${sign}
  </button>`;
}
