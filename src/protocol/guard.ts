/** A check at run time that gives back the type. Messages cross a process boundary: their types are a hope until checked. */
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value) => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
/** Finite numbers only: NaN and infinities are no values of ours. */
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);

export function nullOr<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function arrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((item) => guard(item));
}

export function oneOf<const T extends string>(values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((known) => known === value);
}

type Fields<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

/** An object with at least these fields; what else it holds is not looked at. */
export function objectOf<T extends object>(fields: Fields<T>): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([key, guard]) => guard((value as Record<string, unknown>)[key]));
}

type MessageFields<T extends { readonly type: string }> = {
  readonly [K in T['type']]: Fields<Omit<Extract<T, { readonly type: K }>, 'type'>>;
};

/** One of a union's messages, told apart by `type`. A message without its guard is a type error. */
export function messageOf<T extends { readonly type: string }>(messages: MessageFields<T>): Guard<T> {
  const guards = new Map<unknown, Guard<unknown>>(
    Object.entries<Fields<object>>(messages).map(([type, fields]) => [type, objectOf(fields)]),
  );
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    return guards.get((value as Record<string, unknown>)['type'])?.(value) ?? false;
  };
}
