// The only file that knows the component library. Its elements carry our own prefix, so that another library's can stand
// beside them.
import {
  provideVSCodeDesignSystem,
  TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** The library's text field calls itself "Text field" as it is put into the page, whatever name it was given. */
function keepNames(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { connectedCallback } = TextField.prototype;
  TextField.prototype.connectedCallback = function (this: TextField): void {
    const name = this.getAttribute('aria-label');
    connectedCallback.call(this);
    if (name !== null) this.setAttribute('aria-label', name);
  };
}

export function registerComponents(): void {
  keepNames();
  provideVSCodeDesignSystem().withPrefix('pt').register(vsCodeButton(), vsCodeCheckbox(), vsCodeTextField());
}

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly primary?: boolean;
  /** Where the label alone would not say what it acts on. */
  readonly accessibleName?: string;
  readonly disabled?: boolean;
}

export function button(options: ButtonOptions): TemplateResult {
  const { label, onClick, primary = false, accessibleName, disabled = false } = options;
  return html`<pt-button
    appearance=${primary ? 'primary' : 'secondary'}
    aria-label=${accessibleName ?? nothing}
    ?disabled=${disabled}
    @click=${onClick}
    >${label}</pt-button
  >`;
}

export interface CheckboxOptions {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function checkbox({ label, checked, onChange, disabled = false }: CheckboxOptions): TemplateResult {
  const changed = (event: Event): void => {
    const now = (event.currentTarget as HTMLElement & { checked: boolean }).checked;
    // The element also reports what was set from here.
    if (now !== checked) onChange(now);
  };
  return html`<pt-checkbox .checked=${live(checked)} ?disabled=${disabled} @change=${changed}
    >${label}</pt-checkbox
  >`;
}

export interface TextFieldOptions {
  /** Its name for those who do not see it. */
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onInput: (value: string) => void;
  /** What is wrong with it; part of its name, since a description outside cannot reach into the element. */
  readonly problem?: string | undefined;
  readonly disabled?: boolean;
  /** For a selector that moves the focus here. */
  readonly key?: string;
}

const nameOf = ({ label, problem }: TextFieldOptions): string =>
  problem === undefined ? label : `${label}. ${problem}`;

export function textField(options: TextFieldOptions): TemplateResult {
  const { value, placeholder, onInput, problem, disabled = false, key } = options;
  const typed = (event: Event): void => {
    onInput((event.currentTarget as HTMLElement & { value: string }).value);
  };
  return html`<pt-text-field
    aria-label=${nameOf(options)}
    aria-invalid=${problem === undefined ? nothing : 'true'}
    data-key=${key ?? nothing}
    placeholder=${placeholder}
    ?disabled=${disabled}
    .value=${live(value)}
    @input=${typed}
  ></pt-text-field>`;
}

/** Several lines: the browser's own, which needs no library. */
export function textArea(options: TextFieldOptions & { readonly rows: number }): TemplateResult {
  const { value, placeholder, onInput, problem, disabled = false, key, rows } = options;
  return html`<textarea
    class="text-area"
    aria-label=${nameOf(options)}
    aria-invalid=${problem === undefined ? nothing : 'true'}
    data-key=${key ?? nothing}
    placeholder=${placeholder}
    rows=${rows}
    spellcheck="false"
    ?disabled=${disabled}
    .value=${live(value)}
    @input=${(event: Event) => onInput((event.currentTarget as HTMLTextAreaElement).value)}
  ></textarea>`;
}

export interface SelectOptions {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
}

/** Not in every browser that shows the editor. */
const canOpen = CSS.supports('selector(:open)') && 'showPicker' in HTMLSelectElement.prototype;

/**
 * The browser's own: the library's would weigh a tenth of the page. On some systems its arrow keys choose at once while it
 * is closed, which would act on what one only passes by: here they open it.
 */
export function select({ label, value, options, onChange, disabled = false }: SelectOptions): TemplateResult {
  const changed = (event: Event): void => {
    const now = (event.currentTarget as HTMLSelectElement).value;
    if (now !== value) onChange(now);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const list = event.currentTarget as HTMLSelectElement;
    if (!canOpen || list.matches(':open')) return;
    event.preventDefault();
    list.showPicker();
  };
  return html`<select
    class="select"
    aria-label=${label}
    ?disabled=${disabled}
    @change=${changed}
    @keydown=${pressed}
  >
    ${options.map(
      (option) =>
        html`<option value=${option.value} .selected=${live(option.value === value)}>
          ${option.label}
        </option>`,
    )}
  </select>`;
}

/** Drawn by the style sheet: it is seen for a moment, and the library's would weigh as much as a view. */
export function progressRing(label: string): TemplateResult {
  return html`<div class="ring" role="progressbar" aria-label=${label}></div>`;
}
