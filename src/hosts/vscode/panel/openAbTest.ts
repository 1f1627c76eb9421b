import * as vscode from 'vscode';
import type { PromptKind } from '../../../core/domain/promptFile.ts';
import { choosePrompt } from '../choosePrompt.ts';
import { t } from '../l10n.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { AbTestPanels } from './abTestPanels.ts';

interface TestParts {
  readonly index: PromptIndex;
  readonly panels: AbTestPanels;
}

/**
 * Opens an A/B test in the side panel: a file of kind `abtest`, or a prompt against its last committed version. Without
 * a file it is the one in front, if it fits, else the user chooses.
 */
export async function openAbTest(
  { index, panels }: TestParts,
  given: vscode.Uri | undefined,
  kinds: readonly PromptKind[],
): Promise<void> {
  const isTest = kinds.includes('abtest');
  const title = isTest
    ? t('Open which A/B test?')
    : t('Compare which prompt with its last committed version?');
  const uri = given ?? inFront(index, kinds) ?? (await choosePrompt(index, title, kinds));
  if (uri !== undefined) await panels.openTest(isTest ? { uri } : { uri, base: 'HEAD' });
}

function inFront(index: PromptIndex, kinds: readonly PromptKind[]): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const entry = uri === undefined ? undefined : index.get(uri);
  return entry !== undefined && kinds.includes(entry.header.kind) ? uri : undefined;
}
