import { expect, test, vi } from 'vitest';
import { OutputLog } from '../../../../../src/hosts/vscode/output/outputLog.ts';

test('the texts of two runs are never mixed: the younger waits', () => {
  const pieces: string[] = [];
  const log = new OutputLog({ append: (text) => pieces.push(text) });
  const first = log.open();
  const second = log.open();
  first.append('1a ');
  second.append('2a ');
  first.append('1b ');
  second.append('2b ');
  expect(log.text()).toBe('1a 1b ');
  first.end();
  second.append('2c');
  second.end();
  expect(pieces.join('')).toBe('1a 1b 2a 2b 2c');
});

test('a younger run that ends first is shown after the older one', () => {
  const log = new OutputLog({ append: () => undefined });
  const first = log.open();
  const second = log.open();
  second.append('second');
  second.end();
  first.append('first ');
  first.end();
  expect(log.text()).toBe('first second');
});

test('small pieces arrive as few updates', () => {
  vi.useFakeTimers();
  try {
    const pieces: string[] = [];
    const page = new OutputLog({ append: (text) => pieces.push(text) }).open();
    for (let index = 0; index < 1_000; index++) page.append('x');
    expect(pieces).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(pieces).toEqual(['x'.repeat(1_000)]);
  } finally {
    vi.useRealTimers();
  }
});
