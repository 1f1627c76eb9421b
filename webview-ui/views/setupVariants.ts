import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import { button } from '../components.ts';
import type { SetupForm } from '../setupForm.ts';
import { problemAt, toFieldText } from '../state/setupFields.ts';
import { duplicateVariant, moveItem, variantEdits, variantMap, variantsOf } from '../state/variantEdits.ts';
import { field, iconButton, problemView } from './setupFieldViews.ts';
import { variantParameters } from './variantParameters.ts';

/** What is compared: prompts, earlier versions of them, models and parameters. */
export function variantsSection(form: SetupForm): TemplateResult {
  const variants = variantsOf(form.state.value);
  const { problems } = form.state.setup;
  const add = (
    label: string,
    ask: 'add-prompts' | 'add-version' | 'add-model',
    title: string,
  ): TemplateResult =>
    html`<span title=${title}
      >${button({ label, disabled: form.locked || (ask !== 'add-prompts' && variants.length === 0), onClick: () => form.ask(ask) })}</span
    >`;
  return html`<section class="setup-part" aria-labelledby="variants-heading">
    <h2 id="variants-heading">Variants</h2>
    <p class="dim">What is compared. The first is what the others are measured against.</p>
    ${problemView(problemAt(problems, ['variants']))}
    <ol class="cards">
      ${variants.map((variant, index) => variantCard(form, variant, index, variants))}
    </ol>
    ${
      variants.length === 1
        ? html`<p class="hint">
            Now add what to compare it with: another prompt, an earlier version of this one, or another model.
          </p>`
        : nothing
    }
    <div class="toolbar" role="toolbar" aria-label="Add a variant">
      ${add('Add Prompts…', 'add-prompts', 'Other prompts, skills or chains of this workspace')}
      ${add('Add Earlier Version…', 'add-version', 'The first variant as a commit has it')}
      ${add('Add Another Model…', 'add-model', 'The first variant on another model')}
    </div>
  </section>`;
}

function variantCard(
  form: SetupForm,
  raw: JsonValue,
  index: number,
  variants: readonly JsonValue[],
): TemplateResult {
  const { value, setup } = form.state;
  const variant = variantMap(raw);
  const planned = setup.facts?.variants[index];
  const name = `variant ${index + 1}`;
  const around = (edit: Parameters<typeof variantEdits>[2]) => variantEdits(value, index, edit);
  const own = problemAt(setup.problems, ['variants', index]);
  return html`<li class="card variant" aria-label=${name}>
    <div class="variant-head">
      <span class="number-badge" aria-hidden="true">${index + 1}</span>
      ${field(form, {
        path: ['variants', index, 'label'],
        label: 'Label',
        name: `Label of ${name}`,
        placeholder: planned?.label ?? toFieldText(variant['prompt']),
        around,
        class: 'grow',
      })}
      ${cardActions(form, index, variants)}
    </div>
    ${problemView(own)}
    <div class="choices">${choices.map((each) => choiceView(form, variant, index, each))}</div>
    ${planned === undefined ? nothing : html`<p class="dim runs-as">${planned.detail}</p>`}
    ${variantParameters(form, variant, index, around)}
  </li>`;
}

interface Choice {
  readonly what: string;
  readonly ask: 'variant-prompt' | 'variant-version' | 'variant-model';
  readonly keys: readonly string[];
  /** Where nothing is chosen. */
  readonly usual: string;
}

const choices: readonly Choice[] = [
  { what: 'Prompt', ask: 'variant-prompt', keys: ['prompt'], usual: 'none yet' },
  { what: 'Version', ask: 'variant-version', keys: ['ref'], usual: 'as it is now' },
  { what: 'Model', ask: 'variant-model', keys: ['backend', 'model'], usual: 'as the prompt says' },
];

/** What is chosen in one of the editor's own pickers. */
function choiceView(form: SetupForm, variant: JsonObject, index: number, choice: Choice): TemplateResult {
  const { what, ask, keys, usual } = choice;
  const chosen = keys.map((key) => toFieldText(variant[key])).filter(Boolean);
  const found = keys.map((key) => problemAt(form.state.setup.problems, ['variants', index, key]));
  const reset = (): void =>
    form.edit(...keys.map((key) => ({ type: 'remove', path: ['variants', index, key] }) as const));
  const isModel = ask === 'variant-model' && chosen.length > 0;
  return html`<div>
    <span class="field-label">${what}</span>
    <span>${chosen.length === 0 ? usual : chosen.join(' · ')}</span>
    <span class="toolbar"
      >${isModel ? iconButton(form, '✕', `Take the model of the prompt for variant ${index + 1}`, true, reset) : nothing}${button(
        {
          label: 'Change…',
          accessibleName: `Change the ${what.toLowerCase()} of variant ${index + 1}`,
          disabled: form.locked,
          onClick: () => form.ask(ask, index),
        },
      )}</span
    >
    ${problemView(found.find((each) => each !== undefined))}
  </div>`;
}

/** No font can be relied on to have it. */
const copySign = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" class="sign">
  ${svg`<path d="M4.5 4.5h8v8h-8zM9.5 4.5v-3h-8v8h3" />`}
</svg>`;

function cardActions(form: SetupForm, index: number, variants: readonly JsonValue[]): TemplateResult {
  const { value } = form.state;
  const act = (
    sign: string | TemplateResult,
    does: string,
    enabled: boolean,
    run: () => void,
  ): TemplateResult =>
    iconButton(form, sign, `${does} variant ${index + 1}`, enabled, run, `variants.${index}.${does}`);
  const move = (by: -1 | 1, does: string) => (): void => {
    form.edit(moveItem(['variants'], variants, index, by));
    form.acts.focus(
      `[data-key="variants.${index + by}.${does}"]:not(:disabled), [data-key="variants.${index + by}.Duplicate"]`,
    );
  };
  return html`<div class="card-actions">
    ${act('↑', 'Move up', index > 0, move(-1, 'Move up'))}
    ${act('↓', 'Move down', index < variants.length - 1, move(1, 'Move down'))}
    ${act(copySign, 'Duplicate', true, () => form.edit(duplicateVariant(value, index)))}
    ${act('✕', 'Remove', true, () => {
      form.edit({ type: 'remove', path: ['variants', index] });
      form.acts.focus(
        `[data-key="variants.${Math.min(index, variants.length - 2)}.Remove"], #variants-heading ~ .toolbar pt-button`,
      );
    })}
  </div>`;
}
