import { splitModel } from '../../domain/backendId.ts';
import type { PlannedVariant } from '../../domain/experimentPlan.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { ModelChoice, Prompt, PromptFile, Skill } from '../../domain/promptFile.ts';
import { createPromptFile } from '../edit/createPromptFile.ts';
import { editPromptFile, type EditedPromptFile } from '../edit/editPromptFile.ts';
import { setModelParameters, type PromptEdit } from '../edit/promptEdit.ts';
import { sameValue } from '../edit/sameValue.ts';
import { parsePromptFile } from '../parsePromptFile.ts';

export type TestedText =
  | {
      readonly status: 'ready';
      /** A whole prompt file that runs as the variant did, under the same settings. */
      readonly text: string;
      /** The source no longer says what was tested: the text says what was. */
      readonly changedSince: boolean;
    }
  | Extract<EditedPromptFile, { status: 'refused' }>;

/**
 * A variant as the text of a prompt file: what was tested, with what the variant said over its file written in.
 *
 * @param source the file's text (at the variant's revision, where it has one); null: it has no file, or no longer
 */
export function testedText(
  source: string | null,
  { target, choice = {} }: Pick<PlannedVariant, 'target' | 'choice'>,
): TestedText {
  const tested = target.type === 'call' ? target.call.file : null;
  if (source === null && tested === null) {
    const message = 'The file of this chain cannot be read any more, and its text is not kept with the run.';
    return {
      status: 'refused',
      diagnostics: [{ code: 'no-text', severity: 'error', message, range: start }],
    };
  }
  const path = target.type === 'call' ? target.call.path : target.path;
  const text = source ?? createPromptFile(asWritten(tested as Prompt | Skill));
  const now = parsePromptFile(text, path).file;
  const asTested = tested === null || now === null ? [] : backToTested(now, tested);
  const edited = editPromptFile(text, [...asTested, ...overrides(tested ?? now, choice)]);
  if (edited.status === 'refused') return edited;
  return { status: 'ready', text: edited.text, changedSince: asTested.length > 0 };
}

const start = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };

/** What a file with this content writes; names, tags and test data are not part of what was tested. */
function asWritten(file: Prompt | Skill): JsonObject {
  const { backend, model, modelParameters, responseFormat } = file;
  const schema =
    responseFormat.type === 'json_schema'
      ? { jsonSchema: { name: responseFormat.name, schema: responseFormat.schema } }
      : {};
  return {
    kind: file.kind,
    name: file.name,
    ...(backend !== undefined && { backend }),
    ...(model !== undefined && { model }),
    ...(Object.keys(modelParameters).length > 0 && { modelParameters: modelParameters as JsonObject }),
    ...(file.kind === 'skill' && { instructions: file.instructions }),
    ...(file.kind === 'skill' && file.files.length > 0 && { files: [...file.files] }),
    messages: file.messages.map(({ role, content }) => ({ role, content })),
    ...(responseFormat.type !== 'text' && { responseFormat: responseFormat.type, ...schema }),
  };
}

/** Nothing where the file still says what was tested. */
function backToTested(now: PromptFile, tested: Prompt | Skill): PromptEdit[] {
  if (now.kind !== 'prompt' && now.kind !== 'skill') return [];
  const wishes: PromptEdit[] = [];
  const { messages } = tested;
  if (!sameValue(now.messages as unknown as JsonValue, messages as unknown as JsonValue)) {
    const value = messages.map(({ role, content }) => ({ role, content }));
    wishes.push({ type: 'set', path: ['messages'], value });
  }
  if (now.kind === 'skill' && tested.kind === 'skill') {
    if (now.instructions !== tested.instructions)
      wishes.push({ type: 'set', path: ['instructions'], value: tested.instructions });
    if (!sameValue([...now.files], [...tested.files]))
      wishes.push({ type: 'set', path: ['files'], value: [...tested.files] });
  }
  return [...wishes, ...choiceEdits(now, tested)];
}

/** Makes the file say the model, backend and parameters that `wanted` says, and no others. */
function choiceEdits(now: ModelChoice, wanted: ModelChoice): PromptEdit[] {
  const keys = ['backend', 'model'] as const;
  const names = new Set([...Object.keys(now.modelParameters), ...Object.keys(wanted.modelParameters)]);
  const [before, after] = [now.modelParameters, wanted.modelParameters] as [JsonObject, JsonObject];
  const changed = [...names].filter((name) => !sameValue(before[name] ?? null, after[name] ?? null));
  return [
    ...keys
      .filter((key) => now[key] !== wanted[key])
      .map((key): PromptEdit => {
        const value = wanted[key];
        return value === undefined ? { type: 'remove', path: [key] } : { type: 'set', path: [key], value };
      }),
    ...parameterEdits(Object.fromEntries(changed.map((name) => [name, after[name] ?? null]))),
  ];
}

/** What the variant says over its file, written into the file. A model of its own keeps the backend that goes with it. */
function overrides(file: PromptFile | null, choice: Partial<ModelChoice>): PromptEdit[] {
  const { backend, model, modelParameters = {} } = choice;
  const own = file !== null && file.kind !== 'abtest' ? file : null;
  // A file's model belongs to the file's backend: under another one it would not be asked for.
  const dropsModel = backend !== undefined && model === undefined && own?.backend !== backend;
  return [
    ...(backend === undefined ? [] : [{ type: 'set', path: ['backend'], value: backend } as const]),
    ...(model === undefined ? [] : [{ type: 'set', path: ['model'], value: model } as const]),
    ...(dropsModel ? [{ type: 'remove', path: ['model'] } as const] : []),
    ...dropBackend(own, backend, model),
    ...parameterEdits(modelParameters as JsonObject),
  ];
}

/** `model: claude/…` of a variant names its backend; the file's own would contradict it. */
function dropBackend(
  own: ModelChoice | null,
  backend: string | undefined,
  model: string | undefined,
): PromptEdit[] {
  const named = model === undefined ? null : splitModel(model).backend;
  const contradicts = backend === undefined && named !== null && own?.backend !== undefined;
  return contradicts && own.backend !== named ? [{ type: 'remove', path: ['backend'] }] : [];
}

/** `maxCompletionTokens` is another name for `maxTokens`: one of the two stays. */
function parameterEdits(parameters: { readonly [name: string]: JsonValue }): PromptEdit[] {
  const edits = setModelParameters(parameters);
  const alias: PromptEdit = { type: 'remove', path: ['modelParameters', 'maxCompletionTokens'] };
  return 'maxTokens' in parameters ? [alias, ...edits] : edits;
}
