/**
 * Throws where a number lies outside its range: a caller's mistake must not come out as NaN in a report.
 *
 * @param low `Number.MIN_VALUE` for above 0
 * @throws RangeError also for NaN; and for infinities, whatever the ends
 */
export function requireRange(what: string, value: number, low = -Infinity, high = Infinity): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  throw new RangeError(`${what} must ${rangeWords(low, high)}, got ${value}`);
}

/** The same for a whole number. */
export function requireWhole(what: string, value: number, low: number, high = Infinity): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new RangeError(`${what} must be a whole number and ${rangeWords(low, high)}, got ${value}`);
}

function rangeWords(low: number, high: number): string {
  if (low === -Infinity && high === Infinity) return 'be a finite number';
  if (low === Number.MIN_VALUE) return high === Infinity ? 'be above 0' : `be above 0 and at most ${high}`;
  return high === Infinity ? `be ${low} or more` : `lie in ${low}..${high}`;
}
