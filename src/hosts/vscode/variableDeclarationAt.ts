import type { Position, Range } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';

export interface VariableDeclaration {
  /** The `{{name}}` under the position. */
  readonly use: Range;
  /** What it goes to: its entry under `variables`, or the step whose output it is. */
  readonly declaration: Range;
}

/** Where the variable under a position is declared; undefined where there is none, or nothing declares it. */
export function variableDeclarationAt(
  parsed: ParsedFile,
  position: Position,
): VariableDeclaration | undefined {
  const line = parsed.text.split(/\r?\n/)[position.line] ?? '';
  for (const match of line.matchAll(/\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g)) {
    const end = match.index + match[0].length;
    if (position.column < match.index || position.column > end) continue;
    const declaration = declarationOf(parsed, match[1] ?? '');
    if (declaration === undefined) return undefined;
    const at = { line: position.line };
    return { use: { start: { ...at, column: match.index }, end: { ...at, column: end } }, declaration };
  }
  return undefined;
}

function declarationOf({ file, locate }: ParsedFile, name: string): Range | undefined {
  if (file === null || file.kind === 'abtest') return undefined;
  if (file.kind !== 'chain') {
    return Object.hasOwn(file.variables, name) ? locate(['variables', name], 'key') : undefined;
  }
  const index = file.steps.findIndex((step) => name === `steps.${step.name}.output`);
  return index < 0 ? undefined : locate(['steps', index, 'name'], 'value');
}
