import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** The command's result: to stdout, or to the file that --output names. */
export async function writeResult(
  options: ParsedOptions,
  context: CommandContext,
  text: string,
): Promise<void> {
  const output = options.text('output');
  if (output === undefined) return context.stdout.write(text);
  const file = path.resolve(context.cwd, output);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(
      `--output: cannot write ${output}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
