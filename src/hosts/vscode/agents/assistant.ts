// Review, rewriting, configuration of MCP clients; an entry point of its own in esbuild.mjs, loaded on first use.
import * as vscode from 'vscode';
import { choosePrompt } from '../choosePrompt.ts';
import { t, translateWith } from '../l10n.ts';
import { isPromptFile } from '../promptFilePattern.ts';
import { toRunTarget } from '../run/runTarget.ts';
import type { AssistantParts } from './assistantParts.ts';
import { configureMcpClient } from './configureMcpClient.ts';
import { PreviewDocuments } from './previewDocuments.ts';
import { PromptReviews } from './promptReviews.ts';
import { PromptRewrites } from './promptRewrites.ts';

export interface Assistant {
  /** `Promptly: Review Prompt`: what rules find, as information at its places. */
  review(argument: unknown): Promise<void>;
  hideReview(argument: unknown): void;
  /** `Promptly: Rewrite Prompt…`: a model's proposal, as a diff. */
  rewrite(argument: unknown): Promise<void>;
  applyRewrite(argument: unknown): Promise<void>;
  testRewrite(argument: unknown): Promise<void>;
  configureMcpClient(): Promise<void>;
}

export function createAssistant(parts: AssistantParts): Assistant {
  // This bundle has a copy of its own of what translates.
  translateWith((message, ...values) => vscode.l10n.t(message, ...values));
  const previews = new PreviewDocuments();
  const reviews = new PromptReviews(parts.cache);
  const rewrites = new PromptRewrites(parts, previews);
  parts.context.subscriptions.push(previews, reviews);
  const chosen = async (argument: unknown, title: string): Promise<vscode.Uri | undefined> => {
    const given = toRunTarget(argument).uri ?? vscode.window.activeTextEditor?.document.uri;
    return given !== undefined && isPromptFile(given)
      ? given
      : choosePrompt(parts.index, title, ['prompt', 'skill']);
  };
  return {
    review: async (argument) => {
      const uri = await chosen(argument, t('Review which prompt?'));
      if (uri !== undefined) await reviews.review(uri);
    },
    hideReview: (argument) => reviews.hide(toRunTarget(argument).uri),
    rewrite: async (argument) => {
      const uri = await chosen(argument, t('Rewrite which prompt?'));
      if (uri !== undefined) await rewrites.rewrite(uri);
    },
    applyRewrite: (argument) => rewrites.apply(argument),
    testRewrite: (argument) => rewrites.test(argument),
    configureMcpClient: () => configureMcpClient(parts.context, previews),
  };
}
