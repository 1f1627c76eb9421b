import type { Position, Range } from '../../domain/diagnostic.ts';
import { guessHeader } from '../guessHeader.ts';
import { evaluatorNames } from '../schema/evaluatorNames.ts';
import { meanings } from '../schema/fields.ts';
import { schemaOf } from '../schema/fileSchemas.ts';
import { nodeAt } from '../schema/schemaShape.ts';
import { valuesOf } from './completePromptFile.ts';
import { cursorContext } from './cursorContext.ts';
import { knownVariables } from './knownVariables.ts';

export interface Hover {
  /** Markdown. */
  readonly text: string;
  readonly range: Range;
}

/** What the key, the variable or the evaluator under the pointer means; null for anything else. Never throws. */
export function hoverPromptFile(text: string, position: Position): Hover | null {
  const { kind } = guessHeader(text, '');
  const context = cursorContext(text, position);
  const line = text.split(/\r?\n/)[position.line] ?? '';
  for (const match of line.matchAll(/\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g)) {
    const end = match.index + match[0].length;
    if (position.column < match.index || position.column > end) continue;
    const variable = knownVariables(text, kind, context.path).find(({ name }) => name === match[1]);
    const range = {
      start: { line: position.line, column: match.index },
      end: { line: position.line, column: end },
    };
    return { text: `**${match[1] ?? ''}**: ${variable?.description ?? 'A variable.'}`, range };
  }
  const { word, column, path, part } = context;
  if (word === '' || position.column > column + word.length) return null;
  const range = {
    start: { line: position.line, column },
    end: { line: position.line, column: column + word.length },
  };
  if (part === 'value' && Object.hasOwn(evaluatorNames, word)) {
    return { text: evaluatorNames[word as keyof typeof evaluatorNames], range };
  }
  if (part !== 'key') return null;
  const node = nodeAt(schemaOf[kind], [...path, word], null);
  const meaning = node === null ? undefined : meanings.get(node);
  if (node === null || meaning === undefined) return null;
  const values = word === 'kind' ? [] : valuesOf(node);
  const list = values.length > 0 ? `\n\nValues: ${values.map((value) => `\`${value}\``).join(', ')}` : '';
  return { text: `**${word}**: ${meaning}${list}`, range };
}
