export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The `d` of stepped lines through the values, each at its own place; gaps where there is no value. */
export function steppedPath(
  values: readonly (number | null)[],
  toPoint: (index: number, value: number) => Point,
): string {
  let path = '';
  let before: Point | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      before = null;
      return;
    }
    const point = toPoint(index, value);
    const to = `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    path += before === null ? `M${to}` : `H${point.x.toFixed(1)}V${point.y.toFixed(1)}`;
    before = point;
  });
  return path;
}

/** At most `limit` values that keep the course of many: the last of each stretch. */
export function thinOut<T>(values: readonly T[], limit: number): readonly T[] {
  if (values.length <= limit) return values;
  const step = values.length / limit;
  return Array.from({ length: limit }, (_, at) => values[Math.ceil((at + 1) * step) - 1] as T);
}
