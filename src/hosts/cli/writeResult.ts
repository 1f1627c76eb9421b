import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** The command's result: to stdout, or to the file that --output names. A long one comes in pieces. */
export async function writeResult(
  options: ParsedOptions,
  context: CommandContext,
  content: string | Iterable<string>,
): Promise<void> {
  const pieces = typeof content === 'string' ? [content] : content;
  const output = options.text('output');
  if (output === undefined) {
    for (const piece of pieces) await context.stdout.write(piece);
    return;
  }
  const file = path.resolve(context.cwd, output);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, pieces);
  } catch (error) {
    throw new UsageError(
      `--output: cannot write ${output}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
