/**
 * What differs from a vector's expected value: numbers within tol · max(1, |expected|), everything else exactly, no
 * field missing and none too many.
 *
 * @returns paths with both values; empty when all agree
 */
export function compareWithVector(
  actual: unknown,
  expected: unknown,
  tolerance: number,
  path = '',
): string[] {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const close = Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
    const exact = Number.isInteger(expected) && Number.isInteger(actual);
    return (exact ? actual === expected : close) ? [] : [`${path}: ${actual}, expected ${expected}`];
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) =>
      compareWithVector(actual[key], expected[key], tolerance, `${path}.${key}`),
    );
  }
  return Object.is(actual, expected)
    ? []
    : [`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
