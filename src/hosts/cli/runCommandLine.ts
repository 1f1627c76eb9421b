import path from 'node:path';
import { BackendError } from '../../core/domain/backendError.ts';
import { createFailure } from '../../core/domain/createFailure.ts';
import { FileError } from '../../core/ports/fileSystem.ts';
import type { CommandContext } from './commandContext.ts';
import { commandTable, optionsOf, type CommandSpec } from './commandTable.ts';
import type { ExitCode } from './exitCodes.ts';
import { exitCodes } from './exitCodes.ts';
import { renderCommandHelp, renderHelp } from './help.ts';
import { isFolder } from './isFolder.ts';
import { parseArguments } from './parseArguments.ts';
import { refuseTwoFormats } from './refuseTwoFormats.ts';
import { UsageError } from './usageError.ts';

/** Runs one command line to its exit code. Never throws: a bug is a sentence on stderr with its stack under PROMPTLY_DEBUG. */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    await context.stderr.write(renderHelp());
    return exitCodes.usage;
  }
  try {
    if (name === '--help' || name === '-h' || name === 'help') return await help(rest[0], context);
    const command = commandCalled(name);
    if (rest.includes('--help') || rest.includes('-h')) return await help(name, context);
    const options = parseArguments(rest, optionsOf(command));
    refuseTwoFormats(options);
    const extra = options.positionals[command.positionals ?? Number.POSITIVE_INFINITY];
    if (extra !== undefined) throw new UsageError(`'${extra}' is one argument too many`);
    const cwd = await workingFolder(options.text('cwd'), context.cwd);
    const { run } = await command.load();
    return await run(options, { ...context, cwd });
  } catch (error) {
    return await report(error, name, context);
  }
}

async function help(name: string | undefined, context: CommandContext): Promise<ExitCode> {
  await context.stdout.write(
    name === undefined ? renderHelp() : renderCommandHelp(name, commandCalled(name)),
  );
  return exitCodes.ok;
}

function commandCalled(name: string): CommandSpec {
  const command = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
  if (command !== undefined) return command;
  throw new UsageError(`unknown command '${name}'. Commands: ${Object.keys(commandTable).join(', ')}`);
}

async function workingFolder(cwd: string | undefined, current: string): Promise<string> {
  if (cwd === undefined) return current;
  const folder = path.resolve(current, cwd);
  if (!(await isFolder(folder))) throw new UsageError(`--cwd: ${cwd} is not a folder`);
  return folder;
}

async function report(error: unknown, name: string, context: CommandContext): Promise<ExitCode> {
  if (error instanceof UsageError) {
    const pointer = Object.hasOwn(commandTable, name) ? `promptly ${name} --help` : 'promptly --help';
    await context.stderr.write(`promptly: ${error.message}\nSee \`${pointer}\`.\n`);
    return exitCodes.usage;
  }
  if (context.signal.aborted) return exitCodes.cancelled;
  if (BackendError.is(error)) {
    const { message, hint } = createFailure(error.code, error.message, error);
    await context.stderr.write(`promptly: ${message} ${hint}\n`);
    return exitCodes.backendFailure;
  }
  // The disk is full, or somebody took the files away: no bug of the program, nor of a backend.
  if (FileError.is(error)) {
    await context.stderr.write(`promptly: ${error.message}\n`);
    return exitCodes.usage;
  }
  const detail = error instanceof Error ? error : new Error(String(error));
  const stack = context.environment['PROMPTLY_DEBUG'] === undefined ? '' : `\n${detail.stack ?? ''}`;
  await context.stderr.write(
    `promptly: internal error: ${detail.message} (set PROMPTLY_DEBUG=1 for details)${stack}\n`,
  );
  return exitCodes.backendFailure;
}
