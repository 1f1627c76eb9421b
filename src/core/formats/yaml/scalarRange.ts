/**
 * Where a piece of a scalar's value stands in the source: the same piece, as often repeated, between the scalar's ends.
 * Exact for everything written as it reads (all block, plain and quoted text without escapes in the piece); else the
 * whole scalar. Offsets are UTF-16 code units.
 */
export function scalarRange(
  source: string,
  scalar: { readonly start: number; readonly end: number },
  value: string,
  piece: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  const text = value.slice(piece.start, piece.end);
  if (text === '') return { ...scalar };
  let from = scalar.start;
  let at = value.indexOf(text);
  while (at >= 0 && at < piece.start) {
    const found = source.indexOf(text, from);
    if (found < 0) return { ...scalar };
    from = found + 1;
    at = value.indexOf(text, at + 1);
  }
  const start = source.indexOf(text, from);
  if (start < 0 || start + text.length > scalar.end) return { ...scalar };
  return { start, end: start + text.length };
}
