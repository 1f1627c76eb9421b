// The only file that knows the component library. Its elements carry our own prefix, so that another library's can stand
// beside them.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

export function registerComponents(): void {
  provideVSCodeDesignSystem()
    .withPrefix('pt')
    .register(
      vsCodeButton(),
      vsCodeCheckbox(),
      vsCodeDropdown(),
      vsCodeOption(),
      vsCodeProgressRing(),
      vsCodeTextField(),
    );
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
}

export function checkbox({ label, checked, onChange }: CheckboxOptions): TemplateResult {
  const changed = (event: Event): void => {
    const now = (event.currentTarget as HTMLElement & { checked: boolean }).checked;
    // The element also reports what was set from here.
    if (now !== checked) onChange(now);
  };
  return html`<pt-checkbox .checked=${live(checked)} @change=${changed}>${label}</pt-checkbox>`;
}

export interface TextFieldOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onInput: (value: string) => void;
}

export function textField({ label, value, placeholder, onInput }: TextFieldOptions): TemplateResult {
  const typed = (event: Event): void => {
    onInput((event.currentTarget as HTMLElement & { value: string }).value);
  };
  return html`<pt-text-field
    aria-label=${label}
    placeholder=${placeholder}
    .value=${live(value)}
    @input=${typed}
  ></pt-text-field>`;
}

export interface SelectOptions {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** A `<label for>` does not name this element: the name stands on the element itself. */
export function select({ label, value, options, onChange }: SelectOptions): TemplateResult {
  const changed = (event: Event): void => {
    const now = (event.currentTarget as HTMLElement & { value: string }).value;
    if (now !== value) onChange(now);
  };
  return html`<pt-dropdown aria-label=${label} .value=${live(value)} @change=${changed}>
    ${options.map(
      (option) =>
        html`<pt-option value=${option.value} ?selected=${option.value === value}
          >${option.label}</pt-option
        >`,
    )}
  </pt-dropdown>`;
}

export function progressRing(label: string): TemplateResult {
  return html`<pt-progress-ring aria-label=${label}></pt-progress-ring>`;
}
