import { hasErrors } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isBackendId, splitModel } from '../../domain/backendId.ts';
import { variablesOf } from '../../domain/template.ts';
import type { AdHocTest, AdHocVariant } from '../experiments/experimentRequests.ts';
import { bracesNote, convertBraces } from './convertBraces.ts';
import { didYouMean } from './didYouMean.ts';
import { ToolProblem } from './toolProblem.ts';

export interface AbTestArguments {
  readonly test_name: string;
  readonly variants: readonly (string | Record<string, unknown>)[];
  readonly test_inputs: readonly (string | Record<string, unknown>)[];
  readonly expected?: string | readonly string[] | undefined;
  readonly evaluators?: readonly (string | Record<string, unknown>)[] | undefined;
}

export interface AbTestRequest {
  readonly test: AdHocTest;
  readonly notes: readonly string[];
}

/**
 * The call's arguments as an experiment. What they say is checked by the rules of prompt files. `place`: a file in the
 * workspace folder that the test would be in; `listed`: the prompts, skills and chains there are. Throws `ToolProblem`.
 */
export async function readAbTestCall(
  place: string,
  listed: readonly { readonly name: string }[],
  args: AbTestArguments,
): Promise<AbTestRequest> {
  const { parsePromptFile } = await import('../language.ts');
  const parse = (value: JsonObject): ParsedFile => parsePromptFile(JSON.stringify(value), place);
  const notes: string[] = [];
  const variants = args.variants.map((item, index) => toVariant(item, index, { listed, parse, notes }));
  const labels = variants.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined) {
    throw new ToolProblem(`Two variants are called "${twice}". Give each a \`label\` of its own.`);
  }
  const parsed = parse({
    kind: 'abtest',
    name: args.test_name,
    variants: labels,
    testData: toCases(args),
    ...(args.evaluators !== undefined && { evaluators: args.evaluators.map(toEvaluator) }),
  });
  const file = parsed.file;
  if (file?.kind !== 'abtest' || hasErrors(parsed.diagnostics)) throw new ToolProblem(problemsOf(parsed));
  const { testData, evaluators } = file;
  const test: AdHocTest = {
    name: args.test_name,
    path: place,
    variants,
    testData: testData ?? [],
    ...(evaluators !== null && args.evaluators !== undefined && { evaluators }),
  };
  return { test, notes };
}

const problemsOf = ({ diagnostics }: ParsedFile): string =>
  ['The test cannot be run like this:', ...diagnostics.map(({ message }) => `- ${message}`)].join('\n');

function toCases({ test_inputs, expected }: AbTestArguments): JsonValue[] {
  if (Array.isArray(expected) && expected.length !== test_inputs.length) {
    throw new ToolProblem(
      `There are ${test_inputs.length} \`test_inputs\` and ${expected.length} \`expected\`: give one for each, or none.`,
    );
  }
  return test_inputs.map((input, index): JsonValue => {
    const answer = typeof expected === 'string' ? expected : expected?.[index];
    const values = typeof input === 'string' ? { input } : (input as JsonObject);
    return { ...values, ...(answer !== undefined && { expected: answer }) };
  });
}

/** A text is an evaluator's name, with or without its `promptly/`; a map is one as prompt files write it. */
function toEvaluator(item: string | Record<string, unknown>, index: number): JsonValue {
  if (typeof item !== 'string') return { name: `evaluator ${index + 1}`, ...(item as JsonObject) };
  const uses = item.includes('/')
    ? item
    : `promptly/${item
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/g, '-')}`;
  return { name: item, uses };
}

interface VariantTools {
  readonly listed: readonly { readonly name: string }[];
  readonly parse: (value: JsonObject) => ParsedFile;
  readonly notes: string[];
}

function toVariant(
  item: string | Record<string, unknown>,
  index: number,
  { listed, parse, notes }: VariantTools,
): AdHocVariant {
  const map: Record<string, unknown> = typeof item === 'string' ? { prompt: item } : item;
  checkKeys(map);
  const word = (key: string): string | undefined => (typeof map[key] === 'string' ? map[key] : undefined);
  const content = word('content');
  const text = word('prompt') ?? word('name') ?? content;
  if (text === undefined || text.trim() === '') {
    throw new ToolProblem(
      `Variant ${index + 1} says no prompt. Give its \`prompt\` (a name) or its \`content\` (a text).`,
    );
  }
  const label = word('label');
  const choice = {
    ...choiceOf(word('backend'), word('model')),
    ...(typeof map['modelParameters'] === 'object' && map['modelParameters'] !== null
      ? { modelParameters: map['modelParameters'] }
      : {}),
  };
  const known = content === undefined ? findKnown(text, listed) : undefined;
  if (known !== undefined) {
    const ref = word('ref') ?? word('version') ?? known.ref;
    return { label: label ?? text, prompt: known.name, ...(ref !== undefined && { ref }), ...choice };
  }
  if (content === undefined && !/[\s{]/.test(text.trim())) {
    const names = listed.map(({ name }) => name);
    throw new ToolProblem(
      `There is no prompt called "${text}".${didYouMean(text, names)} A variant is a name, or the text of a prompt with {{variables}}.`,
    );
  }
  return { label: label ?? `variant-${index + 1}`, prompt: inline(text, index, parse, notes), ...choice };
}

const variantKeys = [
  'prompt',
  'name',
  'content',
  'label',
  'ref',
  'version',
  'backend',
  'model',
  'modelParameters',
];

function checkKeys(map: Record<string, unknown>): void {
  const unknown = Object.keys(map).find((key) => !variantKeys.includes(key));
  if (unknown === undefined) return;
  throw new ToolProblem(
    `\`${unknown}\` is no key of a variant.${didYouMean(unknown, variantKeys)} Keys: ${variantKeys.join(', ')}.`,
  );
}

function choiceOf(backend: string | undefined, model: string | undefined): Partial<AdHocVariant> {
  if (backend !== undefined && !isBackendId(backend)) {
    throw new ToolProblem(
      `"${backend}" is no backend. Backends: ollama, claude, openai, builtin, custom:<name>.`,
    );
  }
  const split = model === undefined ? null : splitModel(model);
  const named = backend ?? split?.backend ?? undefined;
  return {
    ...(named !== undefined && { backend: named }),
    ...(split !== null && { model: split.model }),
  };
}

/** `name`, or `name@revision`. */
function findKnown(
  text: string,
  listed: readonly { readonly name: string }[],
): { name: string; ref: string | undefined } | undefined {
  if (listed.some(({ name }) => name === text)) return { name: text, ref: undefined };
  const at = text.lastIndexOf('@');
  const name = text.slice(0, at);
  if (at <= 0 || !listed.some((prompt) => prompt.name === name)) return undefined;
  return { name, ref: text.slice(at + 1) };
}

/** A prompt that is only a text; one without a variable gets the input after it. */
function inline(text: string, index: number, parse: VariantTools['parse'], notes: string[]): ParsedFile {
  const { text: converted, names } = convertBraces(text);
  notes.push(...bracesNote(names));
  const hasInput = variablesOf(converted).length > 0;
  if (!hasInput) notes.push(`Variant ${index + 1} has no variable: the input stands after its text.`);
  const content = hasInput ? converted : `${converted.trimEnd()}\n\n{{input}}`;
  return parse({ name: `variant-${index + 1}`, messages: [{ role: 'user', content }] });
}
