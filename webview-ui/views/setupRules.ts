import { html, type TemplateResult } from 'lit-html';
import type { JsonValue } from '../../src/core/domain/json.ts';
import { evaluatorKindOf } from '../../src/protocol/setupEvaluators.ts';
import { checkbox, select } from '../components.ts';
import type { SetupForm } from '../setupForm.ts';
import { isObject } from '../state/reduceSetup.ts';
import { numberCodec, problemAt, toFieldText } from '../state/setupFields.ts';
import { field, labelled } from './setupFieldViews.ts';
import { metricWords } from './statisticsView.ts';

const metrics = ['quality', 'passRate', 'successRate', 'latency', 'tokens', 'cost'];

/** What decides, how sure it must be, and when it ends. */
export function rulesSection(form: SetupForm): TemplateResult {
  const { value, setup } = form.state;
  const { facts } = setup;
  const chosen = toFieldText(value['metric']);
  const own = Array.isArray(value['evaluators']) ? value['evaluators'].map(nameOf) : [];
  const names = new Set([...metrics, ...own, ...(chosen === '' ? [] : [chosen])]);
  const number = (path: readonly string[], label: string, placeholder: string): TemplateResult =>
    field(form, { path, label, placeholder, codec: numberCodec });
  return html`<section class="setup-part" aria-labelledby="rules-heading">
    <h2 id="rules-heading">Decision</h2>
    <div class="fields">
      ${labelled(
        'What decides',
        select({
          label: 'What decides',
          value: chosen,
          disabled: form.locked,
          options: [
            { value: '', label: 'as usual' },
            ...[...names].map((name) => ({ value: name, label: metricWords(name) })),
          ],
          onChange: (metric) =>
            form.edit(
              metric === ''
                ? { type: 'remove', path: ['metric'] }
                : { type: 'set', path: ['metric'], value: metric },
            ),
        }),
        problemAt(setup.problems, ['metric']),
        facts === null || chosen !== '' ? '' : `Now: ${metricWords(facts.metric).toLowerCase()}`,
      )}
      ${number(['confidence'], 'Confidence a winner needs', '0.95')}
      ${number(['minEffect'], 'Smallest difference worth having', '0.05')}
      ${number(['repetitions'], 'Runs of each case', facts === null ? '1' : String(facts.repetitions))}
      ${checkbox({
        label: 'Stop as soon as the winner is certain',
        checked: value['stopEarly'] === true,
        disabled: form.locked,
        onChange: (stop) =>
          form.edit(
            stop
              ? { type: 'set', path: ['stopEarly'], value: true }
              : { type: 'remove', path: ['stopEarly'] },
          ),
      })}
    </div>
    <h3>Stop at the latest after</h3>
    <div class="fields">
      ${number(['budget', 'maxCostUsd'], 'US dollars', 'no limit')}
      ${number(['budget', 'maxCalls'], 'Calls', 'no limit')}
      ${number(['budget', 'maxMinutes'], 'Minutes', 'no limit')}
      ${number(['concurrency'], 'Calls at the same time', 'what the backend takes')}
    </div>
  </section>`;
}

/** As the file's reader names an evaluator without a name. */
function nameOf(evaluator: JsonValue): string {
  if (!isObject(evaluator)) return '';
  const given = toFieldText(evaluator['name']).trim();
  if (given !== '') return given;
  const kind = evaluatorKindOf(evaluator);
  if (kind === 'llm') return 'judge';
  if (kind === 'string' && isObject(evaluator['string'])) {
    return Object.keys(evaluator['string']).find((key) => key !== 'flags') ?? 'string';
  }
  return (
    toFieldText(evaluator['uses'])
      .replace(/^.*\//, '')
      .replace(/\.mjs$/, '')
      .trim() || 'evaluator'
  );
}
