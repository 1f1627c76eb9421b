import * as vscode from 'vscode';
import { t } from '../../l10n.ts';
import { proposalScheme, type OutputDocuments } from '../outputDocuments.ts';

type Answer = (accepted: boolean) => void;

/** Changes that wait for a word: each a diff that the user accepts, discards or closes. */
const waiting = new Map<string, Answer>();

/** Accept or Discard in the title of a diff; without an address the newest one. */
export function answerProposal(argument: unknown, accepted: boolean): void {
  const key = argument instanceof vscode.Uri ? argument.toString() : [...waiting.keys()].at(-1);
  waiting.get(key ?? '')?.(accepted);
}

/** After a reload of the window nobody waits any more, and the text of the proposal is gone. */
export async function closeForgottenProposals(): Promise<void> {
  await closeDiffs(({ scheme }) => scheme === proposalScheme);
}

async function closeDiffs(isMeant: (modified: vscode.Uri) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && isMeant(input.modified)),
  );
}

/** Shows a file against what it would become, and waits for the user's word. Closing the diff discards. */
export async function reviewProposal(
  documents: OutputDocuments,
  file: vscode.Uri,
  proposed: { readonly title: string; readonly question: string; readonly text: string },
): Promise<boolean> {
  const name = vscode.workspace.asRelativePath(file);
  const proposal = documents.addProposal(name, proposed.text);
  const options = { preview: false, viewColumn: vscode.ViewColumn.One };
  await vscode.commands.executeCommand('vscode.diff', file, proposal, proposed.title, options);
  const isDiff = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === proposal.toString();
  const accepted = await new Promise<boolean>((resolve) => {
    waiting.set(proposal.toString(), resolve);
    const closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (!closed.some(isDiff)) return;
      closing.dispose();
      resolve(false);
    });
    const [accept, discard] = [t('Accept'), t('Discard')];
    void vscode.window.showInformationMessage(proposed.question, accept, discard).then((chosen) => {
      // Dismissed: the title of the diff still has both.
      if (chosen !== undefined) resolve(chosen === accept);
    });
  });
  waiting.delete(proposal.toString());
  await closeDiffs((modified) => modified.toString() === proposal.toString());
  return accepted;
}
