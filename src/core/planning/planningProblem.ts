import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';

export function problemIn(
  parsed: ParsedFile,
  code: string,
  message: string,
  range: Diagnostic['range'],
): FileDiagnostic {
  return { path: parsed.path, code, severity: 'error', message, range };
}

/** Where `{{name}}` stands inside the value at `path`; the whole value when the source spells it otherwise. */
export function locateVariable(
  parsed: ParsedFile,
  path: readonly (string | number)[],
  name: string,
): Diagnostic['range'] {
  const whole = parsed.locate(path, 'value');
  const lines = parsed.text.split('\n');
  for (let line = whole.start.line; line <= whole.end.line && line < lines.length; line++) {
    const text = lines[line] ?? '';
    const from = line === whole.start.line ? whole.start.column : 0;
    const hit = new RegExp(`\\{\\{\\s*${name.replaceAll(/[.-]/g, '\\$&')}\\s*\\}\\}`).exec(text.slice(from));
    if (hit === null) continue;
    const column = from + hit.index;
    return { start: { line, column }, end: { line, column: column + hit[0].length } };
  }
  return whole;
}
