#!/usr/bin/env node
import { version } from '../../../package.json';
import { runCommandLine } from './runCommandLine.ts';
import { createProcessContext } from './processContext.ts';

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
    process.stdout.write(`${version}\n`);
    return;
  }
  const exitCode = await runCommandLine(args, createProcessContext());
  await Promise.all([process.stdout, process.stderr].map(written));
  // Not by itself: taking a large run's memory apart piece by piece would take longer than writing its report.
  process.exit(exitCode);
}

/** Resolves once everything written so far has reached whoever reads it, or cannot. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => void stream.write('', () => resolve()));

void main();
