import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** Beside `--json` or `--compat`, which mean JSON, another format would be passed over in silence. */
export function refuseTwoFormats(options: ParsedOptions): void {
  const format = options.text('format');
  if (format === undefined || format === 'json') return;
  const compat = options.text('compat');
  const other = options.flag('json') ? '--json' : compat === undefined ? null : `--compat ${compat}`;
  if (other === null) return;
  throw new UsageError(`${other} asks for JSON, and --format ${format} for ${format}: choose one`);
}
