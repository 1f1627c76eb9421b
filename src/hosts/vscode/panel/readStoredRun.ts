import * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import { reportFromJournal } from './acts/runActs.ts';
import { isRunningNow } from './isRunningNow.ts';
import { readReport, type ReadReport } from './readReport.ts';

export interface StoredRunReading {
  readonly read: ReadReport;
  /** Some process is at it: this is how far it is. */
  readonly isRunning: boolean;
}

/** A report; or what the journal holds of a run that goes on elsewhere, or was killed before it had a report. */
export async function readStoredRun(engine: EngineHolder, uri: vscode.Uri): Promise<StoredRunReading> {
  const isRunning = await isRunningNow(engine, uri);
  const written = isRunning ? null : await readWritten(uri);
  if (written !== null) return { read: written, isRunning };
  const stored = await reportFromJournal(engine, uri);
  if (stored !== null) return { read: { status: 'ready', report: stored.report }, isRunning };
  const hint = vscode.workspace.asRelativePath(uri);
  const message = isRunning
    ? t('This run has only just begun: there is nothing to show yet.')
    : t('This report cannot be read any more.');
  return { read: { status: 'problem', message, hint }, isRunning };
}

async function readWritten(uri: vscode.Uri): Promise<ReadReport | null> {
  const bytes = await vscode.workspace.fs.readFile(uri).then(
    (content) => content,
    () => null,
  );
  return bytes === null ? null : readReport(new TextDecoder().decode(bytes));
}
