import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandTable } from '../../../../src/hosts/cli/commandTable.ts';
import { renderCompletion, shells } from '../../../../src/hosts/cli/renderCompletion.ts';

test.each(shells)('%s knows every command', (shell) => {
  const script = renderCompletion(shell);
  for (const name of Object.keys(commandTable)) expect(script).toContain(name);
});

const hasBash = spawnSync('bash', ['--version']).status === 0;
test.runIf(hasBash)('bash completes commands and the options of a command', () => {
  const complete = (words: string[]): string =>
    spawnSync('bash', [
      '-c',
      `${renderCompletion('bash')}\nCOMP_WORDS=(promptly ${words.join(' ')}); COMP_CWORD=${words.length}; _promptly; echo "\${COMPREPLY[@]}"`,
    ]).stdout.toString();
  expect(complete(['ru'])).toContain('run');
  expect(complete(['run', '--mo'])).toContain('--model');
});
