import { builtInBackendIds, isBackendId } from '../../domain/backendId.ts';
import type { BackendId } from '../../domain/backendId.ts';
import type { ModelParameters } from '../../domain/chat.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { ModelChoice, VariableSpec } from '../../domain/promptFile.ts';
import type { TestCase } from '../../domain/testCase.ts';
import type { RawHead, RawModel, RawPrompt, RawTests } from '../schema/fileSchemas.ts';
import { didYouMean, nearest } from '../suggest.ts';
import type { Path } from '../yaml/locate.ts';
import { defined } from './context.ts';
import type { ReadingContext } from './context.ts';
import { aboutMisspelled, CaseIds, misspelledExpected, toTestCase } from './toTestCase.ts';

export function toHead(
  raw: RawHead,
  { baseName }: ReadingContext,
): { name: string; description?: string; tags: string[]; metadata?: JsonObject } {
  const name = raw.name?.trim();
  return {
    name: name === undefined || name === '' ? baseName : name,
    ...defined({ description: raw.description }),
    tags: raw.tags ?? [],
    // What YAML can say at this place is what JSON can.
    ...defined({ metadata: raw.metadata as JsonObject | undefined }),
  };
}

/** `modelId` spellings and all: what the file says about where and how to run. `path` is where these keys stand. */
export function toModelChoice(raw: RawModel, path: Path, context: ReadingContext): ModelChoice {
  const model = raw.model?.trim();
  return {
    ...defined({ backend: toBackend(raw.backend, path, context), model: model === '' ? undefined : model }),
    modelParameters: toModelParameters(raw.modelParameters, path, context),
  };
}

function toBackend(text: string | undefined, path: Path, context: ReadingContext): BackendId | undefined {
  const backend = text?.trim();
  if (backend === undefined || backend === '') return undefined;
  if (isBackendId(backend)) return backend;
  const meant = nearest(backend, backendNames);
  context.refuse({
    code: 'unknown-backend',
    message: `\`${backend}\` is no backend.${didYouMean(backend, backendNames)} Write ollama, claude, openai, copilot, builtin or \`custom:<name>\`.`,
    path: [...path, 'backend'],
    ...(meant !== null && { fix: { title: `Change to \`${meant}\``, newText: meant } }),
  });
  return undefined;
}

const backendNames = builtInBackendIds.filter((id) => id !== 'scripted');

function toModelParameters(
  raw: RawModel['modelParameters'],
  path: Path,
  context: ReadingContext,
): ModelParameters {
  if (raw === undefined) return {};
  const { maxCompletionTokens, maxTokens, stop, options, ...rest } = raw;
  if (maxTokens !== undefined && maxCompletionTokens !== undefined) {
    context.note({
      code: 'said-twice',
      severity: 'warning',
      message:
        '`maxCompletionTokens` is another name for `maxTokens`, which counts here. Remove one of them.',
      path: [...path, 'modelParameters', 'maxCompletionTokens'],
      part: 'key',
    });
  }
  return defined({
    ...rest,
    maxTokens: maxTokens ?? maxCompletionTokens,
    stop: typeof stop === 'string' ? [stop] : stop,
    options: options as JsonObject | undefined,
  });
}

export function toVariables(raw: RawPrompt['variables']): Record<string, VariableSpec> {
  return Object.fromEntries(
    Object.entries(raw ?? {}).map(([name, spec]) => {
      const fallback = spec?.default as JsonValue | undefined;
      return [
        name,
        {
          ...defined({ description: spec?.description, file: spec?.file }),
          ...(fallback !== undefined && fallback !== null && { default: fallback }),
          ...(spec?.enum !== undefined && { enum: spec.enum as JsonValue[] }),
          required: spec?.required ?? (fallback === undefined && spec?.file === undefined),
        },
      ];
    }),
  );
}

export function toTestCases(raw: RawTests, context: ReadingContext): TestCase[] {
  const ids = new CaseIds();
  const texts = childOf(context.tree.texts, 'testData');
  noteMisspelled(raw, context);
  return (raw.testData ?? []).map((data, index) => {
    const text = childOf(Array.isArray(texts) ? texts[index] : undefined, 'expected');
    return ids.unique(toTestCase(data as JsonObject, index + 1, typeof text === 'string' ? text : undefined));
  });
}

/** Once: where one case has it, the others do. */
function noteMisspelled({ testData = [] }: RawTests, context: ReadingContext): void {
  for (const [index, data] of testData.entries()) {
    const key = misspelledExpected(data as JsonObject);
    if (key === null) continue;
    const path = ['testData', index, key];
    const fix = { title: 'Change to `expected`', newText: 'expected' };
    const finding = { code: 'misspelled-expected', severity: 'warning', path, part: 'key', fix } as const;
    context.note({ ...finding, message: aboutMisspelled(key) });
    return;
  }
}

const childOf = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;
