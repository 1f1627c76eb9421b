import * as vscode from 'vscode';
import type { ParsedFile } from '../../../core/domain/parsedFile.ts';
import { runCall } from '../../../core/pipeline/toolCalls/runCall.ts';
import { createSpendingLimit } from '../../../core/pipeline/toolCalls/spendingLimit.ts';
import type { RunResult } from '../../../core/reporting/runResult.ts';
import { readEditorSettings } from '../editorSettings.ts';
import { t } from '../l10n.ts';
import { loadLanguage } from '../language.ts';
import { installModel } from '../models/installModel.ts';
import { presentFailure } from '../presentFailure.ts';
import { routesOf } from '../run/routesOf.ts';
import { shownPath } from '../shownPath.ts';
import { toEditorRange } from '../toEditorRange.ts';
import { workspaceFolderOf } from '../workspaceFolderOf.ts';
import type { AssistantParts } from './assistantParts.ts';
import { confirmRoutes } from './confirmRoutes.ts';
import type { PreviewDocuments } from './previewDocuments.ts';
import { askGoal, refuseUntrusted, showProblem, tellNoProposal } from './rewriteMessages.ts';
import { shownRun } from './shownRun.ts';

type Rewritten = Extract<
  ReturnType<Awaited<ReturnType<typeof loadLanguage>>['readRewrite']>,
  { status: 'rewritten' }
>;

/** A proposal that is on show. */
interface Proposal {
  readonly uri: vscode.Uri;
  readonly before: ParsedFile;
  readonly rewritten: Rewritten;
}

/** A model's proposals for better prompts: shown as a diff, applied or tested when the user says so. */
export class PromptRewrites {
  private readonly parts: AssistantParts;
  private readonly previews: PreviewDocuments;
  private readonly proposals = new Map<string, Proposal>();

  constructor(parts: AssistantParts, previews: PreviewDocuments) {
    this.parts = parts;
    this.previews = previews;
  }

  async rewrite(uri: vscode.Uri, goal?: string): Promise<void> {
    if (!vscode.workspace.isTrusted) return refuseUntrusted();
    const before = await this.parts.cache.parse(await vscode.workspace.openTextDocument(uri));
    const aim = goal ?? (await askGoal(before.name));
    if (aim === undefined) return;
    const { rewriteRequest } = await loadLanguage();
    const request = rewriteRequest(before, aim.trim() === '' ? undefined : aim.trim(), uri.fsPath);
    if (request === null) {
      const message = t('{0} cannot be rewritten: it has errors, or is no prompt or skill.', before.name);
      void vscode.window.showErrorMessage(message);
      return;
    }
    const result = await this.ask(uri, before.name, request).catch(showProblem);
    if (result === undefined) return;
    if (result.failure === null) await this.show(uri, before, result);
    else await this.presentFailed(uri, aim, result);
  }

  /** Puts the proposal into the file, where it can be undone. */
  async apply(argument: unknown): Promise<void> {
    const [preview, proposal] = this.find(argument);
    if (preview === undefined || proposal === undefined) {
      tellNoProposal();
      return;
    }
    const { uri, before, rewritten } = proposal;
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== before.text) {
      const message = t('{0} has changed since the proposal was made. Rewrite it again.', before.name);
      void vscode.window.showWarningMessage(message);
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of rewritten.edits) edit.replace(uri, toEditorRange(range), newText);
    await vscode.workspace.applyEdit(edit);
    await this.previews.close(preview);
    this.proposals.delete(preview.toString());
    await vscode.window.showTextDocument(document);
  }

  /** Old against new on the prompt's own test cases, in the A/B panel. */
  async test(argument: unknown): Promise<void> {
    const [, proposal] = this.find(argument);
    if (proposal === undefined) {
      tellNoProposal();
      return;
    }
    const { uri, before, rewritten } = proposal;
    const { parsePromptFile } = await loadLanguage();
    const after = parsePromptFile(rewritten.text, before.path);
    const draft = {
      name: t('{0}, rewritten', before.name),
      path: before.path,
      variants: [
        { label: t('as it is'), prompt: before },
        { label: t('rewritten'), prompt: after },
      ],
    };
    await this.parts.panels.openProposal(uri, draft);
  }

  private async ask(
    uri: vscode.Uri,
    name: string,
    { file, inputs }: { readonly file: ParsedFile; readonly inputs: Parameters<typeof runCall>[1]['inputs'] },
  ): Promise<RunResult> {
    const folder = workspaceFolderOf(uri);
    const shown = { name: t('rewriting {0}', name), uri, title: t('Rewriting {0}', name) };
    this.reveal();
    const answer = await shownRun(this.parts, shown, (engine, onEvent, signal) => {
      const world = {
        pipeline: engine.pipeline,
        // The user asked for it, so no limit of agents holds.
        spending: createSpendingLimit(() => 0),
        prices: readEditorSettings('').pricing,
        shownPath,
      };
      const hooks = {
        allow: (plan: Parameters<typeof routesOf>[0]) =>
          confirmRoutes(engine, routesOf(plan), this.parts.context.globalState),
        onEvent,
      };
      return runCall(world, { file, workspaceFolder: folder.fsPath, inputs }, hooks, signal);
    });
    return answer.data;
  }

  private async show(uri: vscode.Uri, before: ParsedFile, result: RunResult): Promise<void> {
    const { readRewrite } = await loadLanguage();
    const read = readRewrite(before, result.output, result.finishReason === 'length');
    if (read.status === 'unchanged') {
      void vscode.window.showInformationMessage(t('The model would leave {0} as it is.', before.name));
      return;
    }
    if (read.status === 'unusable') {
      const show = t('Show Output');
      const message = t('The proposal for {0} cannot be used. {1}', before.name, read.message);
      if ((await vscode.window.showWarningMessage(message, show)) === show) this.parts.channel.show(true);
      return;
    }
    // Not called *.prompt.yaml: it is no file of the workspace and takes no part in its names.
    const preview = this.previews.add(`${before.name}.rewritten.yaml`, read.text);
    for (const [key, older] of this.proposals) {
      if (older.uri.toString() === uri.toString()) this.proposals.delete(key);
    }
    this.proposals.set(preview.toString(), { uri, before, rewritten: read });
    await this.previews.compare(uri, preview, t('{0}: as it is ↔ rewritten', before.name));
    await this.offer(preview, before.name, read.notes);
  }

  /** The same buttons stand in the title of the diff, for whoever reads it first. */
  private async offer(preview: vscode.Uri, name: string, notes: readonly string[]): Promise<void> {
    const [apply, test] = [t('Apply'), t('Test My Improvement')];
    const message = [t('A proposal for {0}.', name), ...notes].join(' ');
    const chosen = await vscode.window.showInformationMessage(message, apply, test);
    if (chosen === apply) await this.apply(preview);
    else if (chosen === test) await this.test(preview);
  }

  private find(argument: unknown): [vscode.Uri | undefined, Proposal | undefined] {
    const given = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    // From the title of a diff the argument may be either side.
    const entry = [...this.proposals].find(
      ([key, { uri }]) => key === given?.toString() || uri.toString() === given?.toString(),
    );
    return entry === undefined ? [undefined, undefined] : [vscode.Uri.parse(entry[0]), entry[1]];
  }

  private reveal(): void {
    const policy = vscode.workspace.getConfiguration('promptly').get<string>('output.reveal', 'always');
    if (policy === 'always') this.parts.channel.show(true);
  }

  private async presentFailed(uri: vscode.Uri, goal: string, result: RunResult): Promise<void> {
    if (result.failure === null) return;
    const { engine } = this.parts;
    await presentFailure(result.failure, null, {
      runAgain: () => this.rewrite(uri, goal),
      installModel: async (backend, model) => installModel(await engine.get(), backend, model),
    });
  }
}
