import type { TextSink } from './commandContext.ts';
import { oneLine } from './oneLine.ts';

/** Aligned columns; on a terminal the last one is cut to fit the width. Control characters in values become spaces. */
export function renderColumns(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  sink: TextSink,
): string {
  const all = [heading, ...rows.map((row) => row.map(oneLine))];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const limit = sink.isTerminal ? sink.columns : Number.POSITIVE_INFINITY;
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => (line.length > limit ? `${line.slice(0, limit - 1)}…` : line))
    .map((line) => `${line}\n`)
    .join('');
}
