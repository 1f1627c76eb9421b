import type { JsonValue } from '../../domain/json.ts';
import type { EvaluatorSpec, PromptFile } from '../../domain/promptFile.ts';
import type { ReadingContext } from '../normalise/context.ts';
import { isEvaluatorScript } from '../schema/evaluatorNames.ts';
import { didYouMean } from '../suggest.ts';
import type { Path } from '../yaml/locate.ts';

type Wanted = 'number' | 'text' | 'mapping' | 'true or false' | 'anything';

/** What `with` may hold, by evaluator; `!` marks what must be there. */
const settings: Readonly<Record<string, Readonly<Record<string, `${Wanted}${'' | '!'}`>>>> = {
  'promptly/json-schema': { schema: 'anything' },
  'promptly/numeric': { tolerance: 'number', relative: 'anything' },
  'promptly/latency': { maxMs: 'number!' },
  'promptly/cost': { maxUsd: 'number!' },
};

/** The settings of evaluators, and evaluators where they make no sense. */
export function checkEvaluators(file: PromptFile, context: ReadingContext): void {
  (file.evaluators ?? []).forEach((spec, index) => {
    if (spec.type === 'uses') checkUses(spec, index, file, context);
  });
}

function checkUses(
  spec: EvaluatorSpec & { readonly type: 'uses' },
  index: number,
  file: PromptFile,
  context: ReadingContext,
): void {
  const path = ['evaluators', index];
  if (spec.uses === 'promptly/pairwise-judge' && file.kind !== 'abtest') {
    const message =
      '`promptly/pairwise-judge` compares two answers: it works only in a file of kind `abtest`.';
    context.note({ code: 'no-effect', severity: 'warning', message, path: [...path, 'uses'] });
  }
  const hasSchema =
    (file.kind === 'prompt' || file.kind === 'skill') && file.responseFormat.type === 'json_schema';
  if (
    spec.uses === 'promptly/json-schema' &&
    spec.with['schema'] === undefined &&
    !hasSchema &&
    file.kind !== 'abtest'
  ) {
    const message =
      '`promptly/json-schema` needs a schema: give `with: {schema: …}`, or the file a `jsonSchema`.';
    context.note({ code: 'missing-key', severity: 'error', message, path: [...path, 'uses'] });
  }
  if (isEvaluatorScript(spec.uses)) checkTimeout(spec.with['timeoutSeconds'], path, context);
  const known = settings[spec.uses];
  if (known === undefined) return;
  for (const [key, rule] of Object.entries(known)) {
    const value = spec.with[key];
    if (value === undefined) {
      if (!rule.endsWith('!')) continue;
      const message = `\`${spec.uses}\` needs \`with: {${key}: …}\`.`;
      context.note({ code: 'missing-key', severity: 'error', message, path: [...path, 'uses'] });
    } else if (rule.startsWith('number') && !(typeof value === 'number' && value >= 0)) {
      const message = `\`${key}\` must be a number of 0 or more.`;
      context.note({ code: 'invalid-value', severity: 'error', message, path: [...path, 'with', key] });
    }
  }
  for (const key of unknownKeys(spec.with, known)) {
    const message = `\`${key}\` is no setting of \`${spec.uses}\` and is ignored.${didYouMean(key, Object.keys(known))}`;
    context.note({
      code: 'unknown-key',
      severity: 'warning',
      message,
      path: [...path, 'with', key],
      part: 'key',
    });
  }
}

function checkTimeout(seconds: JsonValue | undefined, path: Path, context: ReadingContext): void {
  if (seconds === undefined || (typeof seconds === 'number' && seconds > 0)) return;
  context.note({
    code: 'invalid-value',
    severity: 'error',
    message: '`timeoutSeconds` must be a number above 0.',
    path: [...path, 'with', 'timeoutSeconds'],
  });
}

const unknownKeys = (
  given: Readonly<Record<string, JsonValue>>,
  known: Readonly<Record<string, unknown>>,
): string[] => Object.keys(given).filter((key) => !Object.hasOwn(known, key));
