import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fencedBlocks, fileOf } from '../../support/docs/fencedBlocks.ts';
import { shellWords } from '../../support/docs/shellWords.ts';
import { at, duelServer, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

const execute = promisify(execFile);

/** A run's name in the page stands for whichever run of that test there is. */
async function withStoredRun(words: readonly string[], cwd: string): Promise<string[]> {
  const pattern = /^\d{4}-\d\d-\d\dT[\d-]+-(.+)$/;
  const runs = await readdir(path.join(cwd, '.promptly', 'runs')).catch(() => []);
  return words.map((word) => {
    const name = pattern.exec(word)?.[1];
    return name === undefined ? word : (runs.sort().find((run) => run.endsWith(`-${name}`)) ?? word);
  });
}

test('every command of the guide to A/B tests does what it says', async () => {
  const backend = await duelServer();
  backend.setAnswer(({ body }) => {
    const text = /(?:sentence:\\n|"content":")([^"\\]{20,})/.exec(textOf(body))?.[1] ?? 'Nothing.';
    return textOf(body).includes('hurry') ? `${text.split(' ').slice(0, 6).join(' ')}.` : text;
  });
  const cwd = await workspaceOf({});
  const environment = { ...at(backend), PROMPTLY_DEFAULT_BACKEND: 'ollama' };
  let commands = 0;
  for (const block of await fencedBlocks('ab-testing.md')) {
    const file = fileOf(block);
    if (file !== null) await writeFile(path.join(cwd, file.name), file.text);
    if (block.language !== 'sh') continue;
    for (const line of block.text.split('\n').filter((text) => text !== '')) {
      const [program = '', ...args] = await withStoredRun(shellWords(line), cwd);
      if (program === 'git') {
        await execute(program, args, { cwd });
        continue;
      }
      expect(program).toBe('promptly');
      const run = await runCli(args, { cwd, environment });
      const code = Number(/exit code (\d+)/.exec(line)?.[1] ?? 0);
      expect({ line, code: run.code, stderr: code === run.code ? '' : run.stderr }).toEqual({
        line,
        code,
        stderr: '',
      });
      commands += 1;
    }
  }
  expect(commands).toBeGreaterThan(25);
  expect(await readdir(cwd)).toEqual(
    expect.arrayContaining(['report.csv', 'report.html', 'report.json', 'report.md', 'report.xml']),
  );
}, 180_000);
