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
  const context = createProcessContext();
  process.exitCode = await runCommandLine(args, context);
}

void main();
