import type { ModelParameters } from '../../../core/domain/chat.ts';
import type { Failure } from '../../../core/domain/failure.ts';
import type { CellResult, RunEvent } from '../../../core/domain/runEvent.ts';
import type { FileDiagnostic } from '../../../core/domain/runPlan.ts';
import { t } from '../l10n.ts';
import { shownModel } from '../shownModel.ts';
import { ChainTranscript } from './chainTranscript.ts';
import { plainText } from './plainText.ts';
import { seconds, tokensOf } from './runFigures.ts';

const rule = '─'.repeat(60);

/** A run as a reader of the output channel sees it: one event in, the text to append out. Pure but for its memory. */
export class RunTranscript {
  private atLineStart = true;
  private afterBlankLine = false;
  private thinking = false;
  /** What was said before the answer is set apart from it by a blank line. */
  private afterNotice = false;
  /** The last reason given: steps of a chain most often run where the one before ran. */
  private why = '';
  private readonly chain = new ChainTranscript();

  private readonly labels: (backend: string) => string;

  /** `labels` names a backend as people write it. */
  constructor(labels: (backend: string) => string = (backend) => backend) {
    this.labels = labels;
  }

  opening(title: string, time: string): string {
    return this.lines(['', rule, `▷ ${plainText(title)}   ${time}`]);
  }

  event(event: RunEvent): string {
    switch (event.type) {
      case 'cell-started':
        return this.header(event);
      case 'text-delta':
        return this.text(event.text);
      case 'reasoning-delta':
        return this.reasoning();
      case 'notice-raised':
        return this.notice(event.message);
      case 'attempt-failed':
        return event.retryInMs === null ? '' : this.lines([retryLine(event)]);
      case 'cell-finished':
        this.chain.finished(event.result);
        return this.footer(event.result);
      case 'run-finished':
        return this.lines(this.chain.closing(event.state));
      case 'run-started':
      case 'attempt-started':
      case 'judge-answered':
      case 'cell-scored':
      case 'scores-replaced':
      case 'verdict-updated':
      case 'report-built':
        return '';
    }
  }

  /** Why a run could not start. */
  failure(failure: Failure): string {
    return this.lines(['', ...failureLines(failure), rule]);
  }

  problems(diagnostics: readonly FileDiagnostic[], shownPath: (path: string) => string): string {
    const places = diagnostics.map(
      ({ path, range, severity, message }) =>
        `${shownPath(path)}:${range.start.line + 1}:${range.start.column + 1} ${severity} ${plainText(message)}`,
    );
    return places.length === 0 ? '' : this.lines(places);
  }

  private header({ route, request, notApplied, step }: Extract<RunEvent, { type: 'cell-started' }>): string {
    const parameters = describeParameters(request.parameters);
    const isSameRoute = route.reason === this.why;
    this.why = route.reason;
    this.thinking = false;
    return this.lines([
      ...(step === undefined ? [] : this.chain.heading(step)),
      t('Backend: {0} · Model: {1}', this.labels(route.backend), plainText(shownModel(route.model))),
      ...(isSameRoute ? [] : [t('Why: {0}', plainText(route.reason))]),
      ...(parameters === '' ? [] : [t('Parameters: {0}', parameters)]),
      ...notApplied.map(({ parameter, reason }) => t('Not applied: {0} ({1})', parameter, plainText(reason))),
      ...(step === undefined ? [] : this.chain.input(request)),
      '',
    ]);
  }

  private reasoning(): string {
    if (this.thinking) return '';
    this.thinking = true;
    return this.lines([`· ${t('thinking…')}`]);
  }

  private notice(message: string): string {
    this.afterNotice = true;
    return this.lines([`· ${plainText(message)}`]);
  }

  private text(text: string): string {
    const shown = (this.afterNotice && this.atLineStart ? '\n' : '') + plainText(text);
    this.afterNotice = false;
    if (shown !== '') {
      this.atLineStart = shown.endsWith('\n');
      this.afterBlankLine = false;
    }
    return shown;
  }

  private footer(result: CellResult): string {
    const how = result.failure === null ? [] : failureLines(result.failure);
    return this.lines(['', ...how, summaryOf(result), rule]);
  }

  private lines(lines: readonly string[]): string {
    if (lines.length === 0) return '';
    const before = this.atLineStart ? '' : '\n';
    // One blank line sets things apart; where a model said nothing there would be two.
    const shown = this.afterBlankLine && lines[0] === '' ? lines.slice(1) : lines;
    this.atLineStart = true;
    this.afterBlankLine = lines.at(-1) === '';
    return shown.length === 0 ? '' : `${before}${shown.join('\n')}\n`;
  }
}

function retryLine({ attempt, failure, retryInMs }: Extract<RunEvent, { type: 'attempt-failed' }>): string {
  const wait = seconds(retryInMs ?? 0);
  return `· ${t('Attempt {0} failed: {1} Next in {2}.', attempt, plainText(failure.message), wait)}`;
}

function failureLines(failure: Failure): readonly string[] {
  const word = failure.code === 'cancelled' ? `■ ${t('Cancelled')}` : `✗ ${plainText(failure.message)}`;
  return failure.code === 'cancelled' ? [word] : [word, `  ${plainText(failure.hint)}`];
}

function summaryOf({ failure, timing, usage, costUsd, attempts, cached, finishReason }: CellResult): string {
  return [
    failure === null ? `✓ ${t('Done')}` : t('Ended'),
    ...(cached
      ? [t('recorded answer, no model was asked (Run Again asks anew); the times are those of the recording')]
      : []),
    ...(timing.firstTextMs === null ? [] : [t('first text {0}', seconds(timing.firstTextMs))]),
    ...(timing.loadMs === undefined ? [] : [t('model load {0}', seconds(timing.loadMs))]),
    t('total {0}', seconds(timing.totalMs)),
    ...(attempts === 0 && !cached ? [] : tokensOf(usage)),
    // Local models and recorded answers cost nothing, which is not worth a word; unknown is not 0 and no word either.
    ...(costUsd === null || costUsd === 0 ? [] : [`$${costUsd.toPrecision(3)}`]),
    ...(cached ? [] : [attemptsOf(attempts)]),
    ...(finishReason === 'length' ? [t('cut off at the token limit')] : []),
    ...(finishReason === 'refusal' || finishReason === 'content-filter' ? [t('refused by the model')] : []),
  ].join(' · ');
}

/** None where it was stopped while it waited for its turn. */
function attemptsOf(attempts: number): string {
  if (attempts === 0) return t('no model was asked');
  return attempts === 1 ? t('1 attempt') : t('{0} attempts', attempts);
}

function describeParameters(parameters: ModelParameters): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? briefly(JSON.stringify(value)) : value}`)
    .join(', ');
}

const briefly = (text: string): string => plainText(text.length > 120 ? `${text.slice(0, 120)}…` : text);
