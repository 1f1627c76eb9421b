import type { Position, Range } from '../domain/diagnostic.ts';

/** Turns offsets of a text into lines and columns and back. Offsets outside the text are clamped. */
export interface TextPositions {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  range(start: number, end: number): Range;
}

export function textPositions(text: string): TextPositions {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const positionAt = (offset: number): Position => {
    const clamped = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: clamped - (lineStarts[low] ?? 0) };
  };
  return {
    positionAt,
    offsetAt({ line, column }) {
      const start = lineStarts[Math.max(0, line)] ?? text.length;
      const next = lineStarts[line + 1] ?? text.length + 1;
      return Math.max(0, Math.min(start + column, next - 1, text.length));
    },
    range: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
  };
}
