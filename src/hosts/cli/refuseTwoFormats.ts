import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** `--json` is short for `--format json`: beside another format, one of the two would be passed over in silence. */
export function refuseTwoFormats(options: ParsedOptions): void {
  const format = options.text('format');
  if (!options.flag('json') || format === undefined || format === 'json') return;
  throw new UsageError(`--json asks for JSON, and --format ${format} for ${format}: choose one`);
}
