import { existsSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { runCommandOrThrow } from '../support/process/runCommand.ts';

const rounds = 7;

async function medianMs(args: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await runCommandOrThrow(process.execPath, args);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
}

/** How much longer the command line takes to start than Node itself: a ratio says the same on every machine. */
export async function bench(): Promise<Record<string, number | string>> {
  const cli = path.join(repositoryRoot, 'dist', 'cli.js');
  if (!existsSync(cli)) return { 'command line': 'not in this build' };
  const bare = await medianMs(['-e', '0']);
  const numbers: Record<string, number | string> = { 'bare Node (ms)': Math.round(bare) };
  for (const command of ['--version', '--help']) {
    const time = await medianMs([cli, command]);
    numbers[`promptly ${command} (ms)`] = `${Math.round(time)}, ${(time / bare).toFixed(2)} times bare Node`;
  }
  return numbers;
}
