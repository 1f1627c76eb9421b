import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../../core/domain/json.ts';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** The variables given by --var and --input. Values are text, as they were typed. */
export async function readInputs(
  options: ParsedOptions,
  context: CommandContext,
): Promise<Readonly<Record<string, JsonValue>>> {
  const inputs: Record<string, JsonValue> = {};
  for (const assignment of options.list('var')) {
    const equals = assignment.indexOf('=');
    if (equals < 1) throw new UsageError(`--var takes NAME=VALUE; not '${assignment}'`);
    const value = assignment.slice(equals + 1);
    inputs[assignment.slice(0, equals)] = value.startsWith('@')
      ? await readValue(value.slice(1), context)
      : value;
  }
  const input = options.text('input');
  if (input !== undefined) inputs['input'] = input === '-' ? await context.readStdin() : input;
  return inputs;
}

async function readValue(file: string, context: CommandContext): Promise<string> {
  try {
    return await readFile(path.resolve(context.cwd, file), 'utf8');
  } catch {
    throw new UsageError(`--var: cannot read ${file}. A value that begins with @ is the path of a file`);
  }
}
