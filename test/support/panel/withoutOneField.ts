/** Every way to lose one field of a message, at any depth outside of lists. */
export function withoutOneField(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[];
    return withoutOneField(first).map((broken) => [broken, ...others]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return [others, ...withoutOneField(inner).map((broken) => ({ ...others, [key]: broken }))];
  });
}
