import type { YamlProblem } from './composeYaml.ts';

export interface UnquotedVariable extends YamlProblem {
  /** What the author meant: the text up to the end of the line. */
  readonly text: string;
  /** The same as a quoted YAML scalar. */
  readonly quoted: string;
}

/**
 * `key: {{x}}` without quotes is a YAML mapping, not text. Given the offset of an opening brace, says whether that is
 * what happened and where the meant text ends.
 */
export function unquotedVariableAt(source: string, start: number): UnquotedVariable | null {
  if (!/^\{\{[^{]/.test(source.slice(start, start + 3))) return null;
  const lineEnd = source.indexOf('\n', start);
  const line = source.slice(start, lineEnd < 0 ? source.length : lineEnd);
  if (!line.includes('}}')) return null;
  const text = line.replace(/\s+#(?![^{]*\}\}).*$/, '').trimEnd();
  const quoted = /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
  return {
    code: 'unquoted-variable',
    message: 'Without quotes YAML reads `{{…}}` as a mapping, not as text. Put the value in quotes.',
    start,
    end: start + text.length,
    text,
    quoted,
  };
}
