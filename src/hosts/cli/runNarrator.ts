import type { RunEvent } from '../../core/domain/runEvent.ts';
import type { CommandContext } from './commandContext.ts';
import { forTerminal } from './forTerminal.ts';

/** Tells a run on stderr as it happens (route, waits, notices), and passes the text to stdout when it streams. */
export class RunNarrator {
  private readonly context: CommandContext;
  private readonly options: { readonly quiet: boolean; readonly streams: boolean };

  constructor(context: CommandContext, options: { readonly quiet: boolean; readonly streams: boolean }) {
    this.context = context;
    this.options = options;
  }

  async tell(event: RunEvent): Promise<void> {
    if (event.type === 'text-delta') {
      if (this.options.streams) await this.write(event.text);
      return;
    }
    // The text ends its line before anything is said about it.
    if (event.type === 'cell-finished' && this.options.streams && /[^\n]$/.test(event.result.output)) {
      await this.write('\n');
    }
    if (this.options.quiet) return;
    const line = narrate(event);
    if (line !== null) await this.context.stderr.write(`${line}\n`);
  }

  private write(text: string): Promise<void> {
    const { stdout } = this.context;
    return stdout.write(stdout.isTerminal ? forTerminal(text) : text);
  }
}

function narrate(event: RunEvent): string | null {
  switch (event.type) {
    case 'cell-started': {
      const step = event.step === undefined ? '' : `${event.step}: `;
      const ignored = event.notApplied.map(
        ({ parameter, reason }) => `\n  ${parameter} not applied: ${reason}`,
      );
      return `${step}${event.route.backend}/${event.route.model} (${event.route.reason})${ignored.join('')}`;
    }
    case 'attempt-failed':
      return event.retryInMs === null
        ? null
        : `attempt ${event.attempt} failed: ${event.failure.message} Next in ${(event.retryInMs / 1000).toFixed(1)} s.`;
    case 'notice-raised':
      return event.message;
    case 'cell-finished': {
      const { result } = event;
      const { inputTokens, outputTokens } = result.usage;
      const tokens =
        inputTokens === null && outputTokens === null
          ? []
          : [`${inputTokens ?? '?'} → ${outputTokens ?? '?'} tokens`];
      const cost = result.costUsd === null ? [] : [`$${result.costUsd.toPrecision(3)}`];
      const tries = result.attempts > 1 ? [`${result.attempts} attempts`] : [];
      const parts = [
        `${(result.timing.totalMs / 1000).toFixed(2)} s`,
        ...tokens,
        ...cost,
        ...tries,
        ...(result.cached ? ['cached'] : []),
      ];
      return event.result.failure === null ? `done: ${parts.join(', ')}` : null;
    }
    default:
      return null;
  }
}
