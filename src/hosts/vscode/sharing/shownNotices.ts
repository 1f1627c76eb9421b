import * as vscode from 'vscode';
import type { SharingNotice } from '../../../core/domain/sharing.ts';
import { t } from '../l10n.ts';
import type { SharedDocuments } from './sharedDocuments.ts';

const shownLines = 12;

/** For the detail of a dialog: the first few, one a line. */
export function noticeLines(notices: readonly SharingNotice[]): string {
  const lines = notices
    .slice(0, shownLines)
    .map(({ file, line, message }) => `${line === null ? file : `${file}:${line}`}: ${message}`);
  const rest = notices.length - lines.length;
  return [...lines, ...(rest > 0 ? [t('(and {0} more)', rest)] : [])].join('\n');
}

/** Why nothing was written: the first reason, and a way to all of them. */
export async function presentProblems(
  what: string,
  problems: readonly SharingNotice[],
  documents: SharedDocuments,
): Promise<void> {
  const [first] = problems;
  if (first === undefined) return;
  const place = first.line === null ? '' : `${first.file}:${first.line}: `;
  const rest = problems.length > 1 ? ` ${t('(and {0} more)', problems.length - 1)}` : '';
  const details = t('Show Details');
  const message = `${what} ${place}${first.message}${rest}`;
  if ((await vscode.window.showErrorMessage(message, details)) === details) {
    await documents.showNotices(t('Problems'), problems);
  }
}
