import * as vscode from 'vscode';
import { fileNameFor } from '../../core/domain/fileNameFor.ts';
import { chooseFolder } from './chooseFolder.ts';
import { isThere } from './isThere.ts';
import { t } from './l10n.ts';
import { loadLanguage } from './language.ts';
import type { PromptIndex } from './promptIndex.ts';

export interface Template {
  readonly name: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}
/** All of a folder. */
export type ReadTemplates = (folder: string) => Promise<readonly Template[]>;

interface TemplateParts {
  readonly index: PromptIndex;
  readonly readTemplates: ReadTemplates;
  readonly extensionUri: vscode.Uri;
}

/**
 * `Promptly: New Prompt from Template…`: copies a skill with the files it attaches into the workspace, under a name of
 * the user's, and opens it. Files that are there already are written over only when the user says so.
 */
export async function installTemplate({ index, readTemplates, extensionUri }: TemplateParts): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const templates = vscode.Uri.joinPath(extensionUri, 'media', 'skill-templates');
  const template = await chooseTemplate(await readTemplates(templates.fsPath));
  if (template === undefined) return;
  const name = await askName(index, template.name);
  if (name === undefined) return;
  const { placeTemplate } = await loadLanguage();
  const files = placeTemplate(template, name, fileNameFor(name) ?? name).map(({ path, text }) => ({
    uri: vscode.Uri.joinPath(folder, path),
    text,
  }));
  if (!(await mayWrite(files.map(({ uri }) => uri)))) return;
  // The skill file last: it names the others.
  for (const { uri, text } of files.toReversed())
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  if (files[0] !== undefined) await vscode.window.showTextDocument(files[0].uri);
}

async function chooseTemplate(templates: readonly Template[]): Promise<Template | undefined> {
  const { scanHeader } = await loadLanguage();
  const items = templates.map((template) => ({
    label: template.name,
    detail: scanHeader(template.text, `${template.name}.prompt.yaml`).description ?? '',
    template,
  }));
  const options = { title: t('New prompt from which template?'), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.template;
}

async function askName(index: PromptIndex, suggested: string): Promise<string | undefined> {
  await index.ready();
  const typed = await vscode.window.showInputBox({
    title: t('Name of the new skill'),
    prompt: t('Other files refer to it by this name.'),
    value: suggested,
    validateInput: (value) => problemWith(index, value.trim()),
  });
  return typed?.trim();
}

function problemWith(index: PromptIndex, name: string): vscode.InputBoxValidationMessage | undefined {
  const { Error, Warning } = vscode.InputBoxValidationSeverity;
  if (fileNameFor(name) === null || /[\p{Cc}/\\]/u.test(name)) {
    return { severity: Error, message: t('This cannot name a skill; use letters, digits and dashes.') };
  }
  const [other] = index.named(name);
  if (other === undefined) return undefined;
  const place = vscode.workspace.asRelativePath(other.place);
  return { severity: Warning, message: t('{0} has this name already.', place) };
}

/** Asks once for all files that are there already. */
async function mayWrite(uris: readonly vscode.Uri[]): Promise<boolean> {
  const present = (await Promise.all(uris.map(async (uri) => ((await isThere(uri)) ? uri : null)))).filter(
    (uri) => uri !== null,
  );
  if (present.length === 0) return true;
  const overwrite = t('Overwrite');
  const question = t('Write over files that are there already?');
  const detail = present.map((uri) => vscode.workspace.asRelativePath(uri)).join('\n');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, overwrite);
  return answer === overwrite;
}
