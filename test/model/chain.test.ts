import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { runCommand } from '../support/process/runCommand.ts';
import { writeThreeSkillChain } from '../support/model/threeSkillChain.ts';
import { emptyFolder, repositoryRoot } from './openSubject.ts';

const subject = inject('subject');

interface Step {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly success: boolean;
}

test('a chain of three skills on the real model: each step is given what the one before said', async () => {
  const folder = await emptyFolder();
  await writeThreeSkillChain(folder);
  const environment =
    subject.backend === 'builtin'
      ? { PROMPTLY_BUILTIN_MODEL: subject.model, PROMPTLY_BUILTIN_RUNTIME_PATH: subject.runtimePath }
      : { OLLAMA_HOST: subject.url, PROMPTLY_OLLAMA_MODEL: subject.model };
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const cli = path.join(repositoryRoot, 'dist', 'cli.js');
  const question = 'What is the capital of France?';
  const args = ['run', 'three', '--input', question, '--backend', subject.backend, '--json', '--yes'];
  const { code, stdout, stderr } = await runCommand(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  expect(code, stderr).toBe(0);
  const { steps, output } = JSON.parse(stdout) as { steps: Step[]; output: string };
  expect(steps.map(({ name, success }) => `${name} ${success}`)).toEqual([
    'answer true',
    'shorten true',
    'shout true',
  ]);
  const [answer, shorten, shout] = steps;
  expect(answer?.input).toContain(question);
  expect(answer?.output).toContain('Paris');
  expect(shorten?.input).toContain(answer?.output.trim());
  expect(shout?.input).toContain(shorten?.output.trim());
  expect(output).toBe(shout?.output);
  for (const name of ['answer', 'shorten', 'shout']) expect(stderr).toMatch(new RegExp(`^${name}: `, 'm'));
});
