import * as vscode from 'vscode';
import type { Engine } from '../../../../composition.ts';
import type { ExperimentPlan, PlannedVariant } from '../../../../core/domain/experimentPlan.ts';
import type { TestedText } from '../../../../core/pipeline/language.ts';
import { loadLanguage } from '../../language.ts';

export const pathOfVariant = ({ target }: PlannedVariant): string =>
  target.type === 'call' ? target.call.path : target.path;

/** A variant as the text of a prompt file that runs as it did. Throws what reading a git revision throws. */
export async function variantText(
  { world }: Engine,
  plan: Pick<ExperimentPlan, 'workspaceFolder'>,
  variant: PlannedVariant,
): Promise<TestedText> {
  const path = pathOfVariant(variant);
  const { testedText } = await loadLanguage();
  if (variant.commit === null) return testedText(await workingCopy(path), variant);
  const revision = await world.revisions?.open(plan.workspaceFolder, variant.commit, path);
  return testedText((await revision?.readText(path)) ?? null, variant);
}

/** As the editor has it, unsaved changes and all; null where there is no such file. */
export async function workingCopy(path: string): Promise<string | null> {
  try {
    return (await vscode.workspace.openTextDocument(vscode.Uri.file(path))).getText();
  } catch {
    return null;
  }
}
