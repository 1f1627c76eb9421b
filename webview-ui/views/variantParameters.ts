import { html, nothing, type TemplateResult } from 'lit-html';
import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import { select } from '../components.ts';
import type { SetupForm } from '../setupForm.ts';
import { isObject } from '../state/reduceSetup.ts';
import { jsonCodec, linesCodec, numberCodec, problemAt, toFieldText } from '../state/setupFields.ts';
import { field, labelled, type FieldOptions } from './setupFieldViews.ts';

type Around = FieldOptions['around'] & {};
type Part = Omit<FieldOptions, 'path' | 'around'> & { readonly key: string };

const numberFields: readonly Part[] = [
  { key: 'temperature', label: 'Temperature', placeholder: '0 to 2', codec: numberCodec },
  { key: 'maxTokens', label: 'Most tokens', placeholder: '4096', codec: numberCodec },
  { key: 'topP', label: 'Top P', placeholder: '0 to 1', codec: numberCodec },
  { key: 'seed', label: 'Seed', codec: numberCodec },
];
const longFields: readonly Part[] = [
  { key: 'stop', label: 'Stop at these texts, one a line', rows: 2, codec: linesCodec },
  {
    key: 'options',
    label: 'Options of the backend, as JSON',
    placeholder: '{"num_ctx": 8192}',
    rows: 2,
    codec: jsonCodec,
  },
];

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly values: readonly { readonly value: JsonValue; readonly label: string }[];
}

const named = (...values: readonly string[]): Choice['values'] =>
  values.map((value) => ({ value, label: value }));
const choices: readonly Choice[] = [
  { key: 'effort', label: 'Effort', values: named('low', 'medium', 'high', 'xhigh', 'max') },
  {
    key: 'thinking',
    label: 'Thinking',
    values: [{ value: true, label: 'on' }, { value: false, label: 'off' }, ...named('low', 'medium', 'high')],
  },
];

const shown = new Set([...numberFields, ...longFields, ...choices].map(({ key }) => key));

/** What a variant says over the parameters of its prompt. */
export function variantParameters(
  form: SetupForm,
  variant: JsonObject,
  index: number,
  around: Around,
): TemplateResult {
  const given = isObject(variant['modelParameters']) ? variant['modelParameters'] : {};
  const others = Object.keys(given).filter((key) => !shown.has(key));
  const words = Object.entries(given).map(([key, value]) => `${key} ${toFieldText(value)}`);
  const path = ['variants', index, 'modelParameters'] as const;
  const fields = (parts: readonly Part[]): readonly TemplateResult[] =>
    parts.map(({ key, ...part }) =>
      field(form, { ...part, path: [...path, key], name: `${part.label} of variant ${index + 1}`, around }),
    );
  return html`<details class="more">
    <summary>Parameters${words.length > 0 ? `: ${words.join(', ')}` : ''}</summary>
    <div class="fields">
      ${fields(numberFields)} ${choices.map((choice) => choiceField(form, choice, given, index, around))}
      ${fields(longFields)}
    </div>
    ${others.length === 0 ? nothing : html`<p class="dim">Also set in the file: ${others.join(', ')}.</p>`}
  </details>`;
}

function choiceField(
  form: SetupForm,
  { key, label, values }: Choice,
  given: JsonObject,
  index: number,
  around: Around,
): TemplateResult {
  const path = ['variants', index, 'modelParameters', key];
  const options = [{ value: '', label: 'as the prompt says' }, ...values].map((option) => ({
    value: toFieldText(option.value),
    label: option.label,
  }));
  const value = toFieldText(given[key]);
  // What the file says stays on show, right or wrong.
  const all = options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value }];
  const onChange = (chosen: string): void => {
    const found = values.find((option) => toFieldText(option.value) === chosen);
    if (found !== undefined) form.edit(...around({ type: 'set', path, value: found.value }));
    else if (chosen === '') form.edit(...around({ type: 'remove', path }));
  };
  const control = select({
    label: `${label} of variant ${index + 1}`,
    value,
    options: all,
    disabled: form.locked,
    onChange,
  });
  return labelled(label, control, problemAt(form.state.setup.problems, path));
}
