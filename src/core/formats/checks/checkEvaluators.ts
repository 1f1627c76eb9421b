import { isBuiltInEvaluator, isEvaluatorScript } from '../../domain/evaluatorName.ts';
import type { BuiltInEvaluatorName } from '../../domain/evaluatorName.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { EvaluatorSpec, PromptFile } from '../../domain/promptFile.ts';
import type { ReadingContext } from '../normalise/context.ts';
import { changeTo, didYouMean } from '../suggest.ts';
import type { Path } from '../yaml/locate.ts';

type Wanted = 'number' | 'number or true' | 'anything';

const model = { modelId: 'anything', model: 'anything' } as const;
const ofAJudge = { criteria: 'anything', ...model } as const;

/** What `with` may hold, by evaluator; `!` marks what must be there. Scripts take what they like. */
const settings: Readonly<Record<BuiltInEvaluatorName, Readonly<Record<string, `${Wanted}${'' | '!'}`>>>> = {
  'promptly/exact-match': {},
  'promptly/contains': {},
  'promptly/length-similarity': {},
  'promptly/word-overlap': {},
  'promptly/json-valid': {},
  'promptly/json-schema': { schema: 'anything' },
  'promptly/levenshtein': {},
  'promptly/rouge-l': {},
  'promptly/numeric': { tolerance: 'number', relative: 'number or true' },
  'promptly/latency': { maxMs: 'number!' },
  'promptly/cost': { maxUsd: 'number!' },
  'promptly/judge': { rubric: 'anything', ...ofAJudge },
  'promptly/pairwise-judge': ofAJudge,
  'github/similarity': model,
  'github/coherence': model,
  'github/fluency': model,
  'github/relevance': model,
  'github/groundedness': model,
};

/** The settings of evaluators, and evaluators where they make no sense. */
export function checkEvaluators(file: PromptFile, context: ReadingContext): void {
  (file.evaluators ?? []).forEach((spec, index) => {
    if (spec.type === 'uses') checkUses(spec, index, file, context);
  });
  checkWeights(file, context);
}

/** Evaluators that only watch are fine beside one that counts, and where something else decides. */
function checkWeights(file: PromptFile, context: ReadingContext): void {
  const weights = (file.evaluators ?? []).map(({ weight }) => weight);
  if (weights.length === 0 || weights.some((weight) => weight > 0)) return;
  if (file.kind === 'abtest' && !['quality', 'passRate', undefined].includes(file.metric)) return;
  const message =
    'Every evaluator has the weight 0: no output gets a score, and no case passes. Give one that should count a weight above 0.';
  context.note({ code: 'no-effect', severity: 'warning', message, path: ['evaluators'], part: 'key' });
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
  if (!isBuiltInEvaluator(spec.uses)) return;
  const known = settings[spec.uses];
  for (const [key, rule] of Object.entries(known)) {
    const value = spec.with[key];
    if (value === undefined) {
      if (!rule.endsWith('!')) continue;
      const message = `\`${spec.uses}\` needs \`with: {${key}: …}\`.`;
      context.note({ code: 'missing-key', severity: 'error', message, path: [...path, 'uses'] });
    } else if (!isAllowed(value, rule)) {
      const isSwitch = rule.startsWith('number or true');
      const message = `\`${key}\` must be a number of 0 or more${isSwitch ? ', or `true`' : ''}.`;
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
      ...changeTo(key, Object.keys(known)),
    });
  }
}

function isAllowed(value: JsonValue, rule: string): boolean {
  if (!rule.startsWith('number')) return true;
  if (typeof value === 'boolean') return rule.startsWith('number or true');
  return typeof value === 'number' && value >= 0;
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
