import path from 'node:path';
import * as vscode from 'vscode';
import type { JsonObject, JsonValue } from '../../../../core/domain/json.ts';
import type { SetupAsk, SetupEdit } from '../../../../protocol/setup.ts';
import type { EngineHolder } from '../../engineHolder.ts';
import { t } from '../../l10n.ts';
import { loadLanguage } from '../../language.ts';
import { pickModel } from '../../models/pickModel.ts';
import type { IndexedPrompt, PromptIndex } from '../../promptIndex.ts';
import { workspaceFolderOf } from '../../workspaceFolderOf.ts';
import { chooseDataFile } from './chooseDataFile.ts';
import { referenceTo, testsOf } from './newSetup.ts';
import { rebaseSetup, relativeReference } from './rebaseSetup.ts';
import { pickVersion } from './pickVersion.ts';
import { referenceOf } from './referenceOf.ts';
import type { SetupForm } from './setupForm.ts';

export interface AskParts {
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
}

type Variant = JsonObject;

/** Lets the user choose in the editor's own pickers, and writes it into the set-up. */
export async function answerAsk(
  parts: AskParts,
  form: SetupForm,
  ask: Exclude<SetupAsk, 'save'>,
  at: number,
): Promise<void> {
  if (form.isLocked) return;
  const edits = await editsFor(parts, form, ask, at);
  if (edits !== undefined) await form.change(edits);
}

type Edits = (value: JsonObject) => readonly SetupEdit[];

async function editsFor(
  parts: AskParts,
  form: SetupForm,
  ask: Exclude<SetupAsk, 'save'>,
  at: number,
): Promise<Edits | undefined> {
  switch (ask) {
    case 'add-prompts':
      return addPrompts(parts, form);
    case 'variant-prompt':
      return changePrompt(parts, form, at);
    case 'add-version':
    case 'variant-version':
      return chooseVersion(parts, form, at, ask === 'add-version');
    case 'add-model':
    case 'variant-model':
      return chooseModel(parts, at, ask === 'add-model');
    case 'data-file': {
      const file = await chooseDataFile(form.uri);
      if (file === undefined) return undefined;
      const value = relativeReference(file.fsPath, folderOf(form.uri).fsPath);
      return () => [{ type: 'set', path: ['testDataFile'], value }];
    }
    case 'add-column':
      return addColumn();
    case 'copy-cases':
      return copyCases(parts, form);
  }
}

const folderOf = (uri: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(uri, '..');

function variantAt(value: JsonObject, at: number): Variant {
  const { variants } = value;
  const variant: JsonValue | undefined = Array.isArray(variants) ? variants[at] : undefined;
  if (typeof variant === 'string') return { prompt: variant };
  return typeof variant === 'object' && variant !== null && !Array.isArray(variant) ? variant : {};
}

const replace = (at: number, variant: Variant): SetupEdit => ({
  type: 'set',
  path: ['variants', at],
  value: variant,
});
const append = (...values: readonly JsonValue[]): SetupEdit => ({
  type: 'append',
  path: ['variants'],
  values,
});

interface PromptItem extends vscode.QuickPickItem {
  readonly entry: IndexedPrompt;
}

async function promptItems({ index }: AskParts): Promise<readonly PromptItem[]> {
  await index.ready();
  return index
    .all()
    .filter(({ header }) => header.kind !== 'abtest')
    .map((entry) => ({
      label: entry.header.name,
      description: entry.header.kind === 'prompt' ? '' : entry.header.kind,
      detail: [entry.header.description ?? '', vscode.workspace.asRelativePath(entry.place)]
        .filter(Boolean)
        .join(' · '),
      entry,
    }));
}

async function addPrompts(parts: AskParts, { uri }: SetupForm): Promise<Edits | undefined> {
  const options = { title: t('Test which prompts?'), canPickMany: true, matchOnDetail: true } as const;
  const chosen = await vscode.window.showQuickPick(await promptItems(parts), options);
  if (chosen === undefined || chosen.length === 0) return undefined;
  const references = chosen.map(({ entry }) => referenceTo(entry, folderOf(uri), parts.index));
  return () => [append(...references)];
}

async function changePrompt(parts: AskParts, { uri }: SetupForm, at: number): Promise<Edits | undefined> {
  const options = { title: t('Test which prompt?'), matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick(await promptItems(parts), options);
  if (chosen === undefined) return undefined;
  const prompt = referenceTo(chosen.entry, folderOf(uri), parts.index);
  return (value) => [replace(at, { ...variantAt(value, at), prompt })];
}

/** Where the variant's prompt lies now. */
async function placeOf({ engine }: AskParts, form: SetupForm, at: number): Promise<string | undefined> {
  const reference = referenceOf(variantAt(form.current, at));
  if (reference === undefined) return undefined;
  const { world } = await engine.get();
  const found = await world.prompts?.find(reference, form.uri.fsPath);
  return found?.status === 'found' ? found.file.path : undefined;
}

async function chooseVersion(
  parts: AskParts,
  form: SetupForm,
  at: number,
  isNew: boolean,
): Promise<Edits | undefined> {
  const file = await placeOf(parts, form, at);
  if (file === undefined) {
    void vscode.window.showInformationMessage(
      t('Choose the prompt first: there is none yet, or it is not found.'),
    );
    return undefined;
  }
  const { world } = await parts.engine.get();
  const folder = workspaceFolderOf(form.uri).fsPath;
  const pick = await pickVersion(world.revisions, folder, file, !isNew);
  if (pick === undefined) return undefined;
  return (value) => {
    const variant = without(variantAt(value, at), isNew ? ['ref', 'label'] : ['ref']);
    if (pick.type === 'working-copy') return [replace(at, variant)];
    // A file that was renamed since is looked for where it was then.
    const moved = pick.type === 'commit' && path.relative(pick.version.path, file) !== '';
    const prompt = moved ? { prompt: relativeReference(pick.version.path, folderOf(form.uri).fsPath) } : {};
    const version = { ...variant, ...prompt, ref: pick.ref };
    return [isNew ? append(version) : replace(at, version)];
  };
}

const without = (variant: Variant, keys: readonly string[]): Variant =>
  Object.fromEntries(Object.entries(variant).filter(([key]) => !keys.includes(key)));

async function chooseModel({ engine }: AskParts, at: number, isNew: boolean): Promise<Edits | undefined> {
  const picked = await pickModel(await engine.get(), t('Backend and model of the variant'));
  if (picked === undefined) return undefined;
  const { backend, model } = picked;
  return (value) => {
    const variant = without(variantAt(value, at), ['backend', 'model', ...(isNew ? ['label'] : [])]);
    const chosen = { ...variant, backend, ...(model === undefined ? {} : { model }) };
    return [isNew ? append(chosen) : replace(at, chosen)];
  };
}

/** A column is there as soon as one case has it. */
async function addColumn(): Promise<Edits | undefined> {
  const name = await vscode.window.showInputBox({
    title: t('Another column of the test cases'),
    prompt: t('The name of a variable, or of what an evaluator asks for'),
    validateInput: (typed) =>
      /^[A-Za-z_][\w.-]*$/.test(typed.trim()) ? undefined : t('Use letters, digits, dots and dashes.'),
  });
  if (name === undefined) return undefined;
  return ({ testData }) =>
    Array.isArray(testData) && testData.length > 0
      ? [{ type: 'set', path: ['testData', 0, name.trim()], value: '' }]
      : [{ type: 'append', path: ['testData'], values: [{ [name.trim()]: '' }] }];
}

async function copyCases(parts: AskParts, form: SetupForm): Promise<Edits | undefined> {
  const file = await placeOf(parts, form, 0);
  if (file === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument(file);
  const { readYaml } = await loadLanguage();
  const tests = testsOf(readYaml(document.getText()).value);
  const { testData, testDataFile } = rebaseSetup(tests, path.dirname(file), folderOf(form.uri).fsPath);
  return () => [
    ...(testData === undefined ? [] : [{ type: 'set', path: ['testData'], value: testData } as const]),
    ...(testDataFile === undefined
      ? []
      : [{ type: 'set', path: ['testDataFile'], value: testDataFile } as const]),
  ];
}
