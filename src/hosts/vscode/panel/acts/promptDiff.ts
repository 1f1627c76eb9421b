import * as vscode from 'vscode';
import { t } from '../../l10n.ts';
import type { ActedRun } from './promote.ts';
import { pathOfVariant, variantText, workingCopy } from './variantText.ts';

type Side = { readonly uri: vscode.Uri } | { readonly name: string; readonly text: string };

/** Two variants' prompts in the editor's own diff, as they were tested: at their revisions, with their models written in. */
export async function promptDiff(run: ActedRun, left: string, right: string): Promise<void> {
  const [from, to] = [left, right].map((id) => run.plan.variants.find((variant) => variant.id === id));
  if (from === undefined || to === undefined) return;
  const sides: Side[] = [];
  for (const variant of [from, to]) {
    const written = await variantText(run.engine, run.plan, variant);
    if (written.status === 'refused') {
      void vscode.window.showErrorMessage(written.diagnostics.map(({ message }) => message).join(' '));
      return;
    }
    const path = pathOfVariant(variant);
    const isFile = variant.commit === null && (await workingCopy(path)) === written.text;
    // A side that is a file as it stands can be edited right there.
    sides.push(
      isFile
        ? { uri: vscode.Uri.file(path) }
        : { name: `${variant.prompt} ${variant.label}`, text: written.text },
    );
  }
  const [first, second] = sides.map((side) =>
    'uri' in side ? side.uri : run.documents.add(side.name, side.text, 'yaml'),
  );
  if (first === undefined || second === undefined) return;
  const title = t('{0} ↔ {1} (prompts)', from.label, to.label);
  await vscode.commands.executeCommand('vscode.diff', first, second, title, { preview: true });
}
