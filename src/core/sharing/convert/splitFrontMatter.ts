export interface SplitText {
  /** The YAML between the fences; null: there is none. */
  readonly header: string | null;
  /** With `\n` line ends. */
  readonly body: string;
  /** The body's first line in the file, from 1. */
  readonly bodyLine: number;
}

/** Cuts a file at its `---` fences. null: it is opened and never closed. */
export function splitFrontMatter(text: string): SplitText | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return { header: null, body: lines.join('\n'), bodyLine: 1 };
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
  if (end < 0) return null;
  return {
    header: lines.slice(1, end).join('\n'),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
