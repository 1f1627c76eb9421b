import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLineWriter } from '../../../../src/adapters/node/lineWriter.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-lines-'));
  file = path.join(folder, 'events.jsonl');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([{ blocking: false }, { blocking: true }])(
  'a writer of lines (blocking: $blocking)',
  (kind) => {
    test('keeps the order of lines that are appended together', async () => {
      const lines = createLineWriter(await open(file, 'a'), kind.blocking);
      const expected = Array.from({ length: 500 }, (_, index) => `line ${index} ${'ü'.repeat(index % 50)}\n`);
      await Promise.all(expected.map((line) => lines.append(line)));
      await lines.close();
      expect(await readFile(file, 'utf8')).toBe(expected.join(''));
    });

    test('a line is in the file once its append has ended', async () => {
      const lines = createLineWriter(await open(file, 'a'), kind.blocking);
      await Promise.all(
        ['a\n', 'b\n', 'c\n', 'd\n'].map(async (line, index) => {
          for (let turn = 0; turn < index; turn++) await new Promise((resolve) => setImmediate(resolve));
          await lines.append(line);
          expect(await readFile(file, 'utf8')).toContain(line);
        }),
      );
      await lines.close();
    });

    test('what waits is written before the file is closed', async () => {
      const lines = createLineWriter(await open(file, 'a'), kind.blocking);
      const appended = [lines.append('first\n'), lines.append('second\n')];
      await lines.close();
      await Promise.all(appended);
      expect(await readFile(file, 'utf8')).toBe('first\nsecond\n');
    });

    test('two writers of one file mix whole lines only', async () => {
      const writers = [await open(file, 'a'), await open(file, 'a')].map((handle) =>
        createLineWriter(handle, kind.blocking),
      );
      const longest = 'x'.repeat(20_000);
      await Promise.all(
        writers.flatMap((writer, who) =>
          Array.from({ length: 50 }, (_, index) => writer.append(`${who}-${index}-${longest}\n`)),
        ),
      );
      await Promise.all(writers.map((writer) => writer.close()));
      const seen = (await readFile(file, 'utf8')).trimEnd().split('\n');
      expect(seen).toHaveLength(100);
      expect(seen.every((line) => /^[01]-\d+-x{20000}$/.test(line))).toBe(true);
    });

    test('everybody is told when the disk refuses', async () => {
      const handle = await open(file, 'w');
      await handle.close();
      const lines = createLineWriter(await open(file, 'r'), kind.blocking);
      const ends = await Promise.allSettled([lines.append('a\n'), lines.append('b\n')]);
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await lines.close();
    });
  },
);
