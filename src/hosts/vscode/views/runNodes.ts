import type * as vscode from 'vscode';
import type { VerdictOutcome } from '../../../core/domain/verdict.ts';
import type { RunListing } from '../../../core/pipeline/experiments/listRuns.ts';
import { t } from '../l10n.ts';
import { shownModel } from '../shownModel.ts';

export interface RunNode {
  readonly type: 'run';
  readonly run: RunListing;
  /** The run's folder. */
  readonly folder: vscode.Uri;
  /** Its report, written or not: what the report commands take. */
  readonly uri: vscode.Uri;
  /** This window is at it, and can stop it. */
  readonly isOwn: boolean;
  /** '' where the window has one folder. */
  readonly workspace: string;
}
export interface OlderRunsNode {
  readonly type: 'older';
}
export type RunListNode = RunNode | OlderRunsNode;

export const isExperiment = ({ kind }: RunListing): boolean => kind === 'abtest' || kind === 'test';

/** Something is left to do, and nobody is at it. */
export const canResume = (run: RunListing): boolean =>
  run.kind === 'abtest' && !run.isRunning && run.state !== 'finished' && run.state !== 'stopped-early';

/** By shape, never by colour alone. */
export function runIcon(run: RunListing): {
  readonly icon: string;
  readonly color: string | null;
} {
  if (run.isRunning) return { icon: 'loading~spin', color: null };
  switch (run.state) {
    case 'finished':
    case 'stopped-early': {
      const hasFailed = run.summary !== null && run.summary.failed + run.summary.errors > 0;
      return hasFailed
        ? { icon: 'error', color: 'testing.iconFailed' }
        : { icon: run.kind === 'abtest' ? 'beaker' : 'pass', color: 'testing.iconPassed' };
    }
    case 'failed':
      return { icon: 'error', color: 'testing.iconFailed' };
    case 'budget':
      return { icon: 'warning', color: 'problemsWarningIcon.foreground' };
    case 'cancelled':
      return { icon: 'circle-slash', color: 'testing.iconSkipped' };
    case null:
      return { icon: 'debug-pause', color: 'testing.iconSkipped' };
  }
}

const outcomeWords: Record<Exclude<VerdictOutcome, 'winner'>, () => string> = {
  equivalent: () => t('equivalent'),
  no_clear_winner: () => t('no clear winner'),
  not_enough_data: () => t('not enough data'),
  running: () => t('running'),
};

/** What became of it, in few words; '' where there is nothing to say besides that it finished. */
export function runWords(run: RunListing): string {
  if (run.isRunning) return t('running');
  switch (run.state) {
    case null:
      return t('not finished');
    case 'cancelled':
      return t('stopped');
    case 'failed':
      return t('failed');
    case 'budget':
      return t('budget reached');
    case 'finished':
    case 'stopped-early':
      return found(run);
  }
}

function found({ outcome, winner, summary, backend, model }: RunListing): string {
  if (outcome === 'winner') return winner === null ? t('a winner') : t('{0} wins', winner);
  if (outcome !== null && Object.hasOwn(outcomeWords, outcome)) return outcomeWords[outcome]();
  if (summary !== null) {
    const failed = summary.failed + summary.errors;
    return failed === 0
      ? t('{0} passed', summary.passed)
      : t('{0} passed, {1} failed', summary.passed, failed);
  }
  const parts = [backend, model === null ? null : shownModel(model)];
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

/** The time alone for today's runs. */
export function runTime(startedAt: string | null, now: Date, language: string): string {
  if (startedAt === null) return '';
  const date = new Date(startedAt);
  if (Number.isNaN(date.getTime())) return '';
  const isToday = date.toDateString() === now.toDateString();
  const format: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language, format).format(date);
}
