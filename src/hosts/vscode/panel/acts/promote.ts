import * as vscode from 'vscode';
import type { Engine } from '../../../../composition.ts';
import type { ExperimentPlan, PlannedVariant } from '../../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../../core/domain/report.ts';
import { shownPath } from '../../../../core/domain/shownPath.ts';
import type { EditedPromptFile } from '../../../../core/pipeline/language.ts';
import { loadLanguage } from '../../language.ts';
import { t } from '../../l10n.ts';
import { toEditorRange } from '../../toEditorRange.ts';
import type { OutputDocuments } from '../outputDocuments.ts';
import { reviewProposal } from './proposals.ts';
import { promotionTargets, promotionWords } from './promotionWords.ts';
import { pathOfVariant, variantText, workingCopy } from './variantText.ts';

export interface ActedRun {
  readonly engine: Engine;
  readonly plan: ExperimentPlan;
  readonly report: AbReport;
  readonly documents: OutputDocuments;
}

/** Writes a variant into a prompt file: says what that means, shows it as a diff on demand, and is undone like any edit. */
export async function promote(run: ActedRun, columnId: string): Promise<void> {
  const variant = run.plan.variants.find(({ id }) => id === columnId);
  if (variant === undefined) return;
  const path = await chooseTarget(run.plan, variant);
  if (path === undefined) return;
  const winner = await variantText(run.engine, run.plan, variant);
  if (winner.status === 'refused') {
    refuse(winner);
    return;
  }
  const uri = vscode.Uri.file(path);
  const document = await vscode.workspace.openTextDocument(uri);
  const relative = (file: string): string => shownPath(run.plan.workspaceFolder, file);
  const [from, to] = [relative(pathOfVariant(variant)), relative(path)];
  const { promoteInto } = await loadLanguage();
  const edited = promoteInto(document.getText(), winner.text, { from, to });
  if (edited.status === 'refused') {
    refuse(edited);
    return;
  }
  if (edited.edits.length === 0) {
    void vscode.window.showInformationMessage(t('{0} says that already: there is nothing to write.', to));
    return;
  }
  const hasFile = (await workingCopy(pathOfVariant(variant))) !== null || variant.commit !== null;
  const source = hasFile ? from : null;
  const words = { variant, report: run.report, target: to, source, changedSince: winner.changedSince };
  const answer = await ask(t('Promote “{0}” into {1}?', variant.label, to), promotionWords(words));
  if (answer === undefined) return;
  await write(run.documents, document, edited, variant, answer === 'review');
}

async function chooseTarget(plan: ExperimentPlan, variant: PlannedVariant): Promise<string | undefined> {
  const all = promotionTargets(plan, variant);
  const there = await Promise.all(
    all.map(async (target) => ((await workingCopy(target.path)) === null ? [] : [target])),
  );
  const targets = there.flat();
  const [only, ...others] = targets;
  if (only === undefined) {
    const file = shownPath(plan.workspaceFolder, pathOfVariant(variant));
    const message = t('There is nothing to write: “{0}” is what {1} says.', variant.label, file);
    void vscode.window.showInformationMessage(message);
    return undefined;
  }
  if (others.length === 0) return only.path;
  const items = targets.map(({ path, why }) => ({
    label: shownPath(plan.workspaceFolder, path),
    description: why,
    path,
  }));
  const title = t('Promote “{0}” into which file?', variant.label);
  return (await vscode.window.showQuickPick(items, { title }))?.path;
}

async function ask(message: string, detail: string): Promise<'review' | 'write' | undefined> {
  const [review, now] = [t('Review Changes'), t('Write')];
  const chosen = await vscode.window.showInformationMessage(message, { modal: true, detail }, review, now);
  return chosen === review ? 'review' : chosen === now ? 'write' : undefined;
}

async function write(
  documents: OutputDocuments,
  document: vscode.TextDocument,
  edited: Extract<EditedPromptFile, { status: 'edited' }>,
  { label }: PlannedVariant,
  review: boolean,
): Promise<void> {
  const { uri, version } = document;
  const name = vscode.workspace.asRelativePath(uri);
  if (review) {
    const title = t('{0}: now ↔ with “{1}”', name, label);
    const question = t('Write these changes into {0}?', name);
    if (!(await reviewProposal(documents, uri, { title, question, text: edited.text }))) return;
  }
  if (document.version !== version) {
    // What was shown is not what would be written.
    void vscode.window.showWarningMessage(t('{0} has changed meanwhile. Promote again.', name));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edited.edits) edit.replace(uri, toEditorRange(range), newText);
  // As a refactoring it is saved where the settings say so.
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return;
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
}

function refuse({ diagnostics }: Extract<EditedPromptFile, { status: 'refused' }>): void {
  void vscode.window.showErrorMessage(diagnostics.map(({ message }) => message).join(' '));
}
