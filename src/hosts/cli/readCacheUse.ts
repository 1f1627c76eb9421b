import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** What --replay and --no-cache say about recorded answers; nothing: read and write them. */
export function readCacheUse(options: ParsedOptions): { readonly cache?: 'replay' | 'off' } {
  const [isReplay, isOff] = [options.flag('replay'), options.flag('no-cache')];
  if (isReplay && isOff) {
    throw new UsageError('--replay answers from the cache, and --no-cache uses none: choose one');
  }
  return isReplay ? { cache: 'replay' } : isOff ? { cache: 'off' } : {};
}
