import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { CellResult, RunState } from '../../../core/domain/runEvent.ts';
import { t } from '../l10n.ts';
import { plainText } from './plainText.ts';
import { seconds, tokensOf } from './runFigures.ts';

const maxInputLines = 20;
const maxLineLength = 500;

/** What the transcript of a chain shows beside its steps' answers: what each was given, and how it went as a whole. */
export class ChainTranscript {
  private steps = 0;
  private readonly results: CellResult[] = [];

  heading(step: string): readonly string[] {
    this.steps++;
    return [t('Step {0}: {1}', this.steps, plainText(step))];
  }

  /** What the step asks: its last message, marked and no longer than a reader can take in. */
  input({ messages }: ModelRequest): readonly string[] {
    const lines = plainText(messages.at(-1)?.content.trimEnd() ?? '').split('\n');
    const shown = lines
      .slice(0, maxInputLines)
      .map((line) => `  │ ${line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line}`);
    const hidden = lines.length - maxInputLines;
    return [t('Input:'), ...shown, ...(hidden > 0 ? [`  │ ${t('… {0} more lines', hidden)}`] : [])];
  }

  finished(result: CellResult): void {
    this.results.push(result);
  }

  /** The last line of a chain; nothing for a single call. */
  closing(state: RunState): readonly string[] {
    if (this.steps < 2) return [];
    const how =
      state === 'finished'
        ? `✓ ${t('Chain done: {0} steps', this.steps)}`
        : t('Chain ended at step {0}', this.steps);
    const totalMs = this.results.reduce((sum, { timing }) => sum + timing.totalMs, 0);
    const usage = { inputTokens: this.sumOf('inputTokens'), outputTokens: this.sumOf('outputTokens') };
    return [[how, t('total {0}', seconds(totalMs)), ...tokensOf(usage)].join(' · ')];
  }

  private sumOf(which: 'inputTokens' | 'outputTokens'): number | null {
    return this.results.reduce<number | null>((sum, { usage }) => {
      const count = usage[which];
      return sum === null || count === null ? null : sum + count;
    }, 0);
  }
}
