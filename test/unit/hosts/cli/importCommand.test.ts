import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CommandContext, TextSink } from '../../../../src/hosts/cli/commandContext.ts';
import { runCommandLine } from '../../../../src/hosts/cli/runCommandLine.ts';
import { aPrompt, packageBytes } from '../../../support/sharingPackages.ts';

const sink = (lines: string[]): TextSink => ({
  isTerminal: true,
  columns: 80,
  write: (text) => {
    lines.push(text);
    return Promise.resolve();
  },
});

/** Somebody at a terminal, who answers these questions in turn. */
async function importAnswering(answers: readonly boolean[]) {
  const cwd = await mkdtemp(path.join(tmpdir(), 'promptly-terminal-'));
  await writeFile(path.join(cwd, 'a.prompt.yaml'), `${aPrompt}# mine\n`);
  await writeFile(path.join(cwd, 'p.promptly.zip'), packageBytes({ 'a.prompt.yaml': aPrompt }));
  const questions: string[] = [];
  const shown: string[] = [];
  const context: CommandContext = {
    cwd,
    environment: {},
    stdout: sink(shown),
    stderr: sink(shown),
    readStdin: () => Promise.resolve(''),
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answers[questions.length - 1] ?? false);
    },
    signal: new AbortController().signal,
  };
  const code = await runCommandLine(['import', 'p.promptly.zip'], context);
  const read = (name: string): Promise<string | null> =>
    readFile(path.join(cwd, name), 'utf8').catch(() => null);
  return {
    code,
    questions,
    shown: shown.join(''),
    mine: await read('a.prompt.yaml'),
    other: await read('a-2.prompt.yaml'),
  };
}

test('a terminal is asked about each conflict, after its diff', async () => {
  const replaced = await importAnswering([true]);
  expect(replaced).toMatchObject({
    code: 0,
    questions: ['Replace a.prompt.yaml?'],
    mine: aPrompt,
    other: null,
  });
  expect(replaced.shown).toContain('-# mine');
  expect(await importAnswering([false, true])).toMatchObject({
    code: 0,
    questions: ['Replace a.prompt.yaml?', 'Write it under another name?'],
    mine: `${aPrompt}# mine\n`,
    other: aPrompt.replace('name: hello', 'name: hello-2'),
  });
  const kept = await importAnswering([false, false]);
  expect(kept).toMatchObject({ code: 0, mine: `${aPrompt}# mine\n`, other: null });
  expect(kept.shown).toContain('kept a.prompt.yaml');
});
