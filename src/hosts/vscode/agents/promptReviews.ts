import * as vscode from 'vscode';
import type { Diagnostic } from '../../../core/domain/diagnostic.ts';
import { commandIds } from '../commandIds.ts';
import { t } from '../l10n.ts';
import { loadLanguage } from '../language.ts';
import type { ParseCache } from '../parseCache.ts';
import { toEditorDiagnostic, toEditorRange } from '../toEditorRange.ts';

const typingPauseMs = 400;

/**
 * What rules would make better in a prompt. Shown only where somebody asked for it: as information in the editor and the
 * Problems view, kept up with the text until the file is closed or the review is hidden.
 */
export class PromptReviews implements vscode.Disposable {
  private readonly cache: ParseCache;
  private readonly collection = vscode.languages.createDiagnosticCollection('promptly-review');
  private readonly reviewed = new Set<string>();
  private readonly registrations: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(cache: ParseCache) {
    this.cache = cache;
    this.registrations = [
      this.collection,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refreshSoon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.hide(uri)),
    ];
  }

  async review(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const parsed = await this.cache.parse(document);
    if (parsed.file === null) {
      void vscode.window.showErrorMessage(t('{0} has errors. Mend them first.', parsed.name));
      await vscode.window.showTextDocument(document);
      return;
    }
    this.reviewed.add(uri.toString());
    const findings = await this.refresh(document);
    const picked = await this.choose(parsed.name, document, findings);
    if (picked === 'rewrite') await vscode.commands.executeCommand(commandIds.rewritePrompt, uri);
    else if (picked !== undefined) {
      await vscode.window.showTextDocument(document, { selection: toEditorRange(picked.range) });
    }
  }

  hide(uri: vscode.Uri | undefined): void {
    const target = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (target === undefined || !this.reviewed.delete(target.toString())) return;
    this.collection.delete(target);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const registration of this.registrations) registration.dispose();
  }

  private async choose(
    name: string,
    document: vscode.TextDocument,
    findings: readonly Diagnostic[],
  ): Promise<Diagnostic | 'rewrite' | undefined> {
    const rewrite = {
      label: `$(sparkle) ${t('Rewrite with a model…')}`,
      detail: t('A proposal as a diff. Nothing changes before you apply it.'),
      value: 'rewrite' as const,
    };
    const items = findings.map((finding) => ({
      label: `$(lightbulb) ${firstSentence(finding.message)}`,
      description: t('line {0}', finding.range.start.line + 1),
      detail: finding.message.slice(firstSentence(finding.message).length).trim(),
      value: finding,
    }));
    const title =
      findings.length === 0
        ? t('{0}: the rules find nothing. Test cases and an A/B test say more.', name)
        : findings.length === 1
          ? t('{0}: 1 suggestion', name)
          : t('{0}: {1} suggestions', name, findings.length);
    await vscode.window.showTextDocument(document, { preserveFocus: true, preview: false });
    const picked = await vscode.window.showQuickPick([...items, rewrite], { title, matchOnDetail: true });
    return picked?.value;
  }

  private refreshSoon(document: vscode.TextDocument): void {
    if (!this.reviewed.has(document.uri.toString())) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(document), typingPauseMs);
  }

  private async refresh(document: vscode.TextDocument): Promise<readonly Diagnostic[]> {
    const { advisePrompt } = await loadLanguage();
    const findings = advisePrompt(await this.cache.parse(document));
    if (this.reviewed.has(document.uri.toString())) {
      this.collection.set(document.uri, findings.map(toEditorDiagnostic));
    }
    return findings;
  }
}

const firstSentence = (text: string): string => /^.*?[.?!](?=\s)/.exec(text)?.[0] ?? text;
