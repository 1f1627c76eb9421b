import type { JsonValue } from '../../domain/json.ts';
import type { ShapeCheck } from './shapeChecks.ts';
import {
  isAnyMap,
  isEither,
  isFrom,
  isIfThere,
  isListOf,
  isMapOf,
  isMapWith,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
  isTruth,
  isWhole,
  mapOf,
} from './shapeChecks.ts';

const route = isMapWith({ backend: isText, model: isText, reason: isText });

const fileParts = {
  messages: isListOf(isMapWith({ role: isOneOf('system', 'user', 'assistant'), content: isText })),
  variables: isMapOf(isMapWith({ required: isTruth })),
  responseFormat: isEither('type', {
    text: isAnyMap,
    json_object: isAnyMap,
    json_schema: isMapWith({ name: isText, schema: isAnyMap }),
  }),
};

const call = isMapWith({
  path: isText,
  file: isEither('kind', {
    prompt: isMapWith(fileParts),
    skill: isMapWith({ ...fileParts, instructions: isText }),
  }),
  attachments: isListOf(isMapWith({ path: isText, text: isText })),
  fileTexts: isMapOf(isText),
  route,
  parameters: isAnyMap,
  defaulted: isListOf(isText),
});

const ofCall = isMapWith({ call });
/** Chains hold chains. */
const steps: ShapeCheck = (value, at) => isListOf(step, 1)(value, at);
const step = isMapWith({
  name: isText,
  cellId: isText,
  with: isMapOf(isText),
  target: isEither('type', { call: ofCall, chain: isMapWith({ steps }) }),
});

const variant = isMapWith({
  id: isText,
  label: isText,
  prompt: isText,
  ref: isNullOr(isText),
  commit: isNullOr(isText),
  target: isEither('type', { call: ofCall, chain: isMapWith({ steps, path: isText }) }),
  route,
  callsPerCell: isNumber,
  notApplied: isListOf(isText),
  choice: isIfThere(isAnyMap),
});

const namedEvaluator = { name: isText, weight: isNumber, not: isTruth, threshold: isIfThere(isNumber) };
/** An evaluator of a file, as plans and journals hold it. */
export const evaluatorShape = isEither('type', {
  string: isMapWith({ ...namedEvaluator, rules: isMapOf(isText) }),
  llm: isMapWith({
    ...namedEvaluator,
    prompt: isText,
    choices: isListOf(isMapWith({ choice: isText, score: isNumber })),
  }),
  uses: isMapWith({ ...namedEvaluator, uses: isText, with: isAnyMap }),
});

const texts = isListOf(isText);
const amount = isIfThere(isNumber);

/** Every field of an `ExperimentPlan` that is read without a guard: the place of the first that is not as it was written, or null. */
export const planShape: ShapeCheck = (plan, at) => {
  const variants = lengthOf(mapOf(plan)?.['variants']);
  const suites = lengthOf(mapOf(plan)?.['suites']);
  const place = isMapWith({
    kind: isOneOf('abtest', 'test'),
    name: isText,
    path: isText,
    workspaceFolder: isText,
    variants: isListOf(variant, 1),
    suites: isListOf(
      isMapWith({
        name: isText,
        path: isText,
        evaluators: isListOf(evaluatorShape),
        variants: isListOf(isWhole(0, variants - 1)),
        declared: isIfThere(isMapWith({ description: isNullOr(isText), model: isNullOr(isText) })),
      }),
      1,
    ),
    cases: isListOf(
      isMapWith({
        id: isText,
        variables: isAnyMap,
        expected: isIfThere(isText),
        suite: isWhole(0, suites - 1),
        group: isIfThere(isText),
      }),
      1,
    ),
    stages: isIfThere(isListOf(isWhole(0))),
    repetitions: isWhole(1),
    seed: isNumber,
    metric: isMapWith({
      name: isText,
      direction: isOneOf('higher', 'lower'),
      scale: isOneOf('unit', 'log'),
    }),
    mode: isOneOf('live', 'fixed'),
    confidenceLevel: isFrom(0.5, 1),
    minEffect: isFrom(Number.MIN_VALUE),
    stopEarly: isTruth,
    concurrency: isNullOr(isWhole(1)),
    budget: isMapWith({ maxCostUsd: amount, maxCalls: amount, maxMinutes: amount }),
    estimate: isMapWith({ calls: isNumber, costUsd: isNullOr(isNumber) }),
    programs: isMapWith({ executors: texts, scripts: texts }),
  })(plan, at);
  return place ?? (isEachOnce(mapOf(plan)?.['suites'], variants) ? null : `${at}.suites`);
};

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Every variant runs on the cases of one suite. */
function isEachOnce(suites: JsonValue | undefined, variants: number): boolean {
  const named = Array.isArray(suites) ? suites.flatMap((suite) => mapOf(suite)?.['variants'] ?? []) : [];
  return named.length === variants && new Set(named).size === variants;
}
