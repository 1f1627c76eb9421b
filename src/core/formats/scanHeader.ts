import type { FileHeader } from '../domain/parsedFile.ts';
import { guessHeader } from './guessHeader.ts';
import { headerFromTree } from './headerFromTree.ts';
import { isTooLarge } from './parsePromptFile.ts';
import { readYaml } from './yaml/readYaml.ts';

const wanted = new Set(['kind', 'name', 'description', 'tags']);
const keyLine = /^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:(?=\s|$)/;
/** A value that is the same text in YAML and out of it. */
const plainLine = /^[A-Za-z_][\w-]*[ \t]*:[ \t]+([A-Za-z0-9_][A-Za-z0-9_ .()/+-]*?)[ \t]*\r?\n?$/;

/**
 * Kind, name, description and tags without parsing the whole file, for indexes of thousands: reads the top-level keys
 * by their place at the start of a line, and falls back to YAML wherever that could be wrong. Agrees with
 * `parsePromptFile` on every valid file; never throws.
 */
export function scanHeader(text: string, path: string): FileHeader {
  if (isTooLarge(text)) return guessHeader(text, path);
  const chunks = topLevelChunks(text);
  if (chunks !== null) {
    const plain = plainHeader(chunks, path);
    if (plain !== null) return plain;
    const tree = readYaml(chunks.join(''));
    const header = chunks.length > 0 && tree.diagnostics.length === 0 ? headerFromTree(tree, path) : null;
    if (header !== null) return header;
  }
  const tree = readYaml(text);
  return headerFromTree(tree, path) ?? guessHeader(text, path);
}

/** The lines of the wanted keys, one string each; null when the layout is not the usual one. */
function topLevelChunks(text: string): string[] | null {
  const chunks: string[] = [];
  let inWanted = false;
  let hasKeys = false;
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
    const newLine = text.indexOf('\n', start);
    const end = newLine < 0 ? text.length : newLine + 1;
    const first = text.charCodeAt(start);
    // Space, tab, line ends and comments belong to what is before; so do list items and closing brackets.
    const continues =
      first === 32 ||
      first === 9 ||
      first === 13 ||
      first === 10 ||
      first === 35 ||
      first === 93 ||
      first === 125;
    if (!continues) {
      const line = text.slice(start, end);
      const key = keyLine.exec(line)?.[1];
      if (key !== undefined) {
        // A value that opens a flow collection or a quote and does not close it may hide other lines.
        if (/[[{,"']\s*$/.test(line) && !/(["']).*\1\s*$/.test(line)) return null;
        hasKeys = true;
        inWanted = wanted.has(key);
        if (inWanted) chunks.push('');
      } else if (!(hasKeys && /^-\s/.test(line)) && !(!hasKeys && line.trimEnd() === '---')) {
        return null;
      }
    }
    if (inWanted) chunks.push(`${chunks.pop() ?? ''}${text.slice(start, end)}`);
    start = end;
  }
  return hasKeys ? chunks : null;
}

/** The header when each wanted key is a plain word or sentence on a line of its own. */
function plainHeader(chunks: readonly string[], path: string): FileHeader | null {
  const values: Record<string, string> = {};
  for (const chunk of chunks) {
    const key = keyLine.exec(chunk)?.[1] ?? '';
    const value = plainLine.exec(chunk)?.[1];
    if (value === undefined || key === 'tags' || key in values || /^null$/i.test(value)) return null;
    values[key] = value;
  }
  return headerFromTree({ value: values, texts: values }, path);
}
