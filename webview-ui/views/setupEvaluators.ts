import { html, nothing, type TemplateResult } from 'lit-html';
import type { JsonValue } from '../../src/core/domain/json.ts';
import {
  evaluatorForms,
  evaluatorGroups,
  evaluatorKindOf,
  evaluatorKinds,
  newEvaluator,
  type EvaluatorField,
  type EvaluatorKind,
} from '../../src/protocol/setupEvaluators.ts';
import { button, checkbox, select } from '../components.ts';
import type { SetupForm } from '../setupForm.ts';
import { choicesCodec } from '../state/judgeChoices.ts';
import { isObject } from '../state/reduceSetup.ts';
import {
  jsonCodec,
  numberCodec,
  problemAt,
  textCodec,
  toFieldText,
  type FieldCodec,
} from '../state/setupFields.ts';
import { field, iconButton, problemView } from './setupFieldViews.ts';

const kindOptions = evaluatorGroups.flatMap((group) =>
  evaluatorKinds
    .filter((kind) => evaluatorForms[kind].group === group)
    .map((kind) => ({ value: kind, label: `${evaluatorForms[kind].label} – ${group.toLowerCase()}` })),
);

/** How an answer is scored. */
export function evaluatorsSection(form: SetupForm): TemplateResult {
  const { evaluators } = form.state.value;
  const list = Array.isArray(evaluators) ? evaluators : null;
  return html`<section class="setup-part" aria-labelledby="evaluators-heading">
    <h2 id="evaluators-heading">Scoring</h2>
    <p class="dim">
      ${
        list === null
          ? 'Answers are scored as the first variant says. Add an evaluator to score them in a way of this test’s own.'
          : 'Each gives a score from 0 to 1; the quality of an answer is their weighted mean.'
      }
    </p>
    ${problemView(problemAt(form.state.setup.problems, ['evaluators']))}
    <ol class="cards evaluators">
      ${(list ?? []).map((evaluator, index) => evaluatorCard(form, evaluator, index))}
    </ol>
    <div class="toolbar">
      ${select({
        label: 'Add an evaluator',
        value: '',
        disabled: form.locked,
        options: [{ value: '', label: 'Add an evaluator…' }, ...kindOptions],
        onChange: (kind) => {
          if (kind === '') return;
          form.edit({ type: 'append', path: ['evaluators'], values: [newEvaluator(kind as EvaluatorKind)] });
          form.acts.focus(
            `.evaluators > li:nth-child(${(list?.length ?? 0) + 1}) :is(pt-text-field, textarea)`,
          );
        },
      })}
      ${
        list === null
          ? nothing
          : button({
              label: 'Score as the First Variant',
              disabled: form.locked,
              onClick: () => form.edit({ type: 'remove', path: ['evaluators'] }),
            })
      }
    </div>
  </section>`;
}

function evaluatorCard(form: SetupForm, evaluator: JsonValue, index: number): TemplateResult {
  const kind = evaluatorKindOf(evaluator);
  const path = ['evaluators', index] as const;
  const known = kind === null ? null : evaluatorForms[kind];
  const name = `evaluator ${index + 1}`;
  const inverted = isObject(evaluator) && evaluator['not'] === true;
  const small = (key: string, label: string, placeholder: string): TemplateResult =>
    field(form, {
      path: [...path, key],
      label,
      name: `${label} of ${name}`,
      codec: numberCodec,
      placeholder,
    });
  return html`<li class="card" aria-label=${name}>
    <div class="variant-head">
      <div class="grow">
        <h3>${known?.label ?? 'Unknown to this form'}</h3>
        <p class="dim">${known?.meaning ?? `Edit it in the file: ${toFieldText(evaluator)}`}</p>
      </div>
      ${iconButton(form, '✕', `Remove ${name}`, true, () => {
        form.edit({ type: 'remove', path });
        form.acts.focus('#evaluators-heading ~ .toolbar select');
      })}
    </div>
    ${problemView(problemAt(form.state.setup.problems, path))}
    <div class="fields">${(known?.fields ?? []).map((part) => parameter(form, part, index))}</div>
    <details class="more">
      <summary>${commonWords(evaluator)}</summary>
      <div class="fields">
        ${field(form, { path: [...path, 'name'], label: 'Name', name: `Name of ${name}`, placeholder: 'in results' })}
        ${small('weight', 'Weight', '1')} ${small('threshold', 'Passes from', 'a score of 0 to 1')}
        ${checkbox({
          label: 'Not: low scores are good',
          checked: inverted,
          disabled: form.locked,
          onChange: (not) =>
            form.edit(
              not
                ? { type: 'set', path: [...path, 'not'], value: true }
                : { type: 'remove', path: [...path, 'not'] },
            ),
        })}
      </div>
    </details>
  </li>`;
}

/** What is set beside the evaluator's own parameters. */
function commonWords(evaluator: JsonValue): string {
  const { name, weight, threshold, not } = isObject(evaluator) ? evaluator : {};
  const words = [
    toFieldText(name),
    weight === undefined ? '' : `weight ${toFieldText(weight)}`,
    threshold === undefined ? '' : `passes from ${toFieldText(threshold)}`,
    not === true ? 'not' : '',
  ].filter(Boolean);
  return words.length === 0 ? 'Name, weight, threshold' : words.join(', ');
}

const codecs: Readonly<Record<EvaluatorField['kind'], FieldCodec>> = {
  text: textCodec,
  long: textCodec,
  number: numberCodec,
  json: jsonCodec,
  choices: choicesCodec,
};

function parameter(form: SetupForm, part: EvaluatorField, index: number): TemplateResult {
  const { label, kind, placeholder = '' } = part;
  const isLong = kind === 'long' || kind === 'json' || kind === 'choices';
  return field(form, {
    path: ['evaluators', index, ...part.path],
    label,
    name: `${label} of evaluator ${index + 1}`,
    placeholder,
    codec: codecs[kind],
    ...(isLong && { rows: 3, class: 'wide' }),
  });
}
