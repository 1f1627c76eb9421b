import type { JsonValue } from '../../domain/json.ts';

/**
 * Looks at one value of a stored document: the place of the first thing that is not as it must be, such as
 * `variants[0].route`, or null. `at` is the place of the value itself.
 */
export type ShapeCheck = (value: JsonValue | undefined, at: string) => string | null;

const when =
  (isRight: (value: JsonValue | undefined) => boolean): ShapeCheck =>
  (value, at) =>
    isRight(value) ? null : at;

export const isText = when((value) => typeof value === 'string');
export const isNumber = when((value) => typeof value === 'number');
export const isTruth = when((value) => typeof value === 'boolean');
export const isAnyMap: ShapeCheck = when((value) => mapOf(value) !== null);

/** At least `minimum`, and below `limit`. */
export const isFrom = (minimum: number, limit = Number.POSITIVE_INFINITY): ShapeCheck =>
  when((value) => typeof value === 'number' && value >= minimum && value < limit);

/** A whole number from `minimum` to `maximum`. */
export const isWhole = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): ShapeCheck =>
  when((value) => Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum);

export const isOneOf = (...words: readonly string[]): ShapeCheck =>
  when((value) => typeof value === 'string' && words.includes(value));

export const isNullOr =
  (check: ShapeCheck): ShapeCheck =>
  (value, at) =>
    value === null ? null : check(value, at);

/** What may be missing. */
export const isIfThere =
  (check: ShapeCheck): ShapeCheck =>
  (value, at) =>
    value === undefined ? null : check(value, at);

export const isListOf =
  (check: ShapeCheck, minimum = 0): ShapeCheck =>
  (value, at) =>
    Array.isArray(value) && value.length >= minimum
      ? first(value.map((item, index) => [check, item, `${at}[${index}]`]))
      : at;

/** A map with any keys. */
export const isMapOf =
  (check: ShapeCheck): ShapeCheck =>
  (value, at) => {
    const map = mapOf(value);
    return map === null ? at : first(Object.entries(map).map(([key, item]) => [check, item, below(at, key)]));
  };

/** A map with these keys; what others it has does not matter. */
export const isMapWith =
  (checks: Readonly<Record<string, ShapeCheck>>): ShapeCheck =>
  (value, at) => {
    const map = mapOf(value);
    return map === null
      ? at
      : first(Object.entries(checks).map(([key, check]) => [check, map[key], below(at, key)]));
  };

/** A map whose `key` says which of the shapes it has. */
export const isEither =
  (key: string, shapes: Readonly<Record<string, ShapeCheck>>): ShapeCheck =>
  (value, at) => {
    const map = mapOf(value);
    const name = map?.[key];
    if (map === null) return at;
    const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return shape === undefined ? below(at, key) : shape(map, at);
  };

export function mapOf(value: JsonValue | undefined): Readonly<Record<string, JsonValue>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

const below = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

function first(parts: readonly (readonly [ShapeCheck, JsonValue | undefined, string])[]): string | null {
  for (const [check, value, at] of parts) {
    const place = check(value, at);
    if (place !== null) return place;
  }
  return null;
}
