import path from 'node:path';
import * as vscode from 'vscode';
import type { JsonObject, JsonValue } from '../../../../core/domain/json.ts';
import { loadLanguage } from '../../language.ts';
import type { IndexedPrompt, PromptIndex } from '../../promptIndex.ts';
import { isPath } from '../../referenceAt.ts';
import { relativeReference } from './rebaseSetup.ts';

/** A prompt as a file of `folder` refers to it: by its name, where that means one file, else by its path. */
export function referenceTo(
  { header, place }: IndexedPrompt,
  folder: vscode.Uri,
  index: PromptIndex,
): string {
  return index.named(header.name).length === 1 && !isPath(header.name)
    ? header.name
    : relativeReference(place.fsPath, folder.fsPath);
}

/** A test of these prompts against each other; one alone waits for what it is compared with. */
export function newTest(
  prompts: readonly IndexedPrompt[],
  folder: vscode.Uri,
  index: PromptIndex,
): JsonObject {
  const [first] = prompts;
  const name = prompts.length === 1 ? `${first?.header.name ?? 'prompt'}-ab-test` : 'ab-test';
  return { kind: 'abtest', name, variants: prompts.map((prompt) => referenceTo(prompt, folder, index)) };
}

/**
 * The working copy against an earlier version of the same file. Cases and evaluators are the working copy's: those of
 * the first variant would be the earlier ones.
 */
export async function newComparison(place: vscode.Uri, base: string): Promise<JsonObject> {
  const { parsePromptFile, readYaml } = await loadLanguage();
  const text = (await vscode.workspace.openTextDocument(place)).getText();
  const { name } = parsePromptFile(text, place.fsPath);
  const { value } = readYaml(text);
  const prompt = `./${path.basename(place.fsPath)}`;
  return {
    kind: 'abtest',
    name: `${name}-against-${base}`,
    variants: [
      { prompt, label: base, ref: base },
      { prompt, label: 'working copy' },
    ],
    ...testsOf(value),
  };
}

/** How a prompt file is tested, as it writes it. */
export function testsOf(value: JsonValue): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const keys = ['testData', 'testDataFile', 'evaluators'];
  return Object.fromEntries(
    keys.flatMap((key): [string, JsonValue][] => {
      const part = value[key];
      return part === undefined || part === null ? [] : [[key, part]];
    }),
  );
}
