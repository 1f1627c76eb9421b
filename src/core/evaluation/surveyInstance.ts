import type { JsonValue } from '../domain/json.ts';

export interface Survey {
  /** The same value; its objects have no prototype, so that `toString` is a property only where the JSON says so. */
  readonly instance: JsonValue;
  readonly propertyNames: ReadonlySet<string>;
  readonly longestArray: number;
}

/** Throws `RangeError` when the value is nested too deeply for any recursive check. */
export function surveyInstance(value: JsonValue): Survey {
  const propertyNames = new Set<string>();
  let longestArray = 0;
  const copy = (part: JsonValue): JsonValue => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) {
      longestArray = Math.max(longestArray, part.length);
      return part.map(copy);
    }
    const object = Object.create(null) as Record<string, JsonValue>;
    for (const [name, inner] of Object.entries(part)) {
      propertyNames.add(name);
      object[name] = copy(inner);
    }
    return object;
  };
  return { instance: copy(value), propertyNames, longestArray };
}
