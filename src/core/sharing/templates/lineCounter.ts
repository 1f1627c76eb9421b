/** Tells on which line an offset stands. Quick for offsets that grow, as those of a reader do. */
export function lineCounter(source: string, firstLine: number): (offset: number) => number {
  let line = firstLine;
  let seen = 0;
  return (offset) => {
    if (offset < seen) {
      line = firstLine;
      seen = 0;
    }
    for (let at = source.indexOf('\n', seen); at >= 0 && at < offset; at = source.indexOf('\n', at + 1))
      line++;
    seen = offset;
    return line;
  };
}

/** `indexOf` that remembers what is nowhere further on, so that many openings without an end take linear time. */
export function endFinder(source: string): (end: string, from: number) => number {
  const missing = new Set<string>();
  return (end, from) => {
    if (missing.has(end)) return -1;
    const found = source.indexOf(end, from);
    if (found < 0) missing.add(end);
    return found;
  };
}
