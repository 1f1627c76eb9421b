import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import { t } from '../l10n.ts';
import { loadLanguage } from '../language.ts';
import type { ParseCache } from '../parseCache.ts';
import { toEditorRange } from '../toEditorRange.ts';

/**
 * The lightbulb where a rule would make a prompt better. No squiggles: what is not wrong is shown only when somebody
 * asks for a review.
 */
export class AdviceActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite],
  };

  private readonly cache: ParseCache;

  constructor(cache: ParseCache) {
    this.cache = cache;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const { advisePrompt } = await loadLanguage();
    const findings = advisePrompt(await this.cache.parse(document));
    if (!findings.some((finding) => toEditorRange(finding.range).intersection(range) !== undefined))
      return [];
    const count = findings.length === 1 ? t('1 suggestion') : t('{0} suggestions', findings.length);
    const action = (title: string, command: string): vscode.CodeAction => {
      const result = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
      result.command = { title, command, arguments: [document.uri] };
      return result;
    };
    const reviewed = diagnostics.some(({ code }) => typeof code === 'string' && code.startsWith('advice-'));
    return [
      action(t('Review this prompt ({0})', count), commandIds.reviewPrompt),
      action(t('Rewrite this prompt with a model…'), commandIds.rewritePrompt),
      ...(reviewed ? [action(t('Hide this review'), commandIds.hideReview)] : []),
    ];
  }
}
