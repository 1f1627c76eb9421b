import * as vscode from 'vscode';
import type { PromptKind } from '../../../core/domain/promptFile.ts';
import { choosePrompt } from '../choosePrompt.ts';
import { t } from '../l10n.ts';
import type { IndexedPrompt, PromptIndex } from '../promptIndex.ts';
import type { AbTestPanels } from './abTestPanels.ts';
import { newComparison, newTest } from './setup/newSetup.ts';

interface TestParts {
  readonly index: PromptIndex;
  readonly panels: AbTestPanels;
}

const runnable: readonly PromptKind[] = ['prompt', 'skill', 'chain'];
const anyKind: readonly PromptKind[] = ['abtest', ...runnable];

/** Where a test of a prompt would lie until it is saved: beside the prompt. */
const draftBeside = (place: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(place, '..', 'ab-test.prompt.yaml');

/**
 * Opens the set-up of an A/B test in the side panel: of a file of kind `abtest`, or a new test of the prompts given. Without
 * any it is the file in front, if it fits, else the user chooses.
 */
export async function openAbTest(
  { index, panels }: TestParts,
  given: vscode.Uri | undefined,
  selected: readonly vscode.Uri[],
): Promise<void> {
  await index.ready();
  const several = selected
    .flatMap((uri) => index.get(uri) ?? [])
    .filter(({ header }) => header.kind !== 'abtest');
  if (several.length > 1) return openNew(several, index, panels);
  const uri =
    given ?? inFront(index, anyKind) ?? (await choosePrompt(index, t('A/B test of what?'), anyKind));
  if (uri === undefined) return;
  const entry = index.get(uri);
  if (entry !== undefined && entry.header.kind !== 'abtest') await openNew([entry], index, panels);
  else await panels.openTest(uri);
}

async function openNew(
  prompts: readonly IndexedPrompt[],
  index: PromptIndex,
  panels: AbTestPanels,
): Promise<void> {
  const [first] = prompts;
  if (first === undefined) return;
  const uri = draftBeside(first.place);
  await panels.openDraft(uri, newTest(prompts, vscode.Uri.joinPath(uri, '..'), index));
}

/** A prompt, skill or chain against its last committed version. */
export async function openComparison(
  { index, panels }: TestParts,
  given: vscode.Uri | undefined,
): Promise<void> {
  const title = t('Compare which prompt with its last committed version?');
  const uri = given ?? inFront(index, runnable) ?? (await choosePrompt(index, title, runnable));
  if (uri !== undefined) await panels.openDraft(draftBeside(uri), await newComparison(uri, 'HEAD'));
}

function inFront(index: PromptIndex, kinds: readonly PromptKind[]): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const entry = uri === undefined ? undefined : index.get(uri);
  return entry !== undefined && kinds.includes(entry.header.kind) ? uri : undefined;
}
