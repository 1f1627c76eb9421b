import { expect, test } from 'vitest';
import type { TextSink } from '../../../../src/hosts/cli/commandContext.ts';
import { renderProgress, TerminalProgress } from '../../../../src/hosts/cli/terminalProgress.ts';

function recorder(isTerminal: boolean): TextSink & { text: string } {
  return {
    isTerminal,
    columns: 60,
    text: '',
    write(text) {
      this.text += text;
      return Promise.resolve();
    },
  };
}

test('a bar that fits the terminal', () => {
  expect(renderProgress({ done: 5, total: 10, failed: 1, note: 'B leads' }, 80)).toBe(
    '[████████████············] 5/10  1 failed  B leads',
  );
  expect(renderProgress({ done: 5, total: 10, failed: 1 }, 12)).toHaveLength(12);
});

test('redraws at most every 100 ms on a terminal, and always at the end', async () => {
  const sink = recorder(true);
  let now = 0;
  const progress = new TerminalProgress(sink, () => now);
  for (now = 0; now < 100; now += 10) await progress.update({ done: now, total: 1000, failed: 0 });
  expect(sink.text.split('\r')).toHaveLength(2);
  await progress.update({ done: 1000, total: 1000, failed: 0 });
  expect(sink.text).toContain('1000/1000');
});

test('plain lines without escape codes elsewhere', async () => {
  const sink = recorder(false);
  const progress = new TerminalProgress(sink, () => 0);
  await progress.update({ done: 1, total: 2, failed: 0 });
  await progress.update({ done: 2, total: 2, failed: 0 });
  await progress.clear();
  expect(sink.text.split('\n')).toHaveLength(3);
  expect(sink.text).not.toContain('\x1b');
});
