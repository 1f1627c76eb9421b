import type { Remainder } from '../convert/conversion.ts';
import { lineCounter } from './lineCounter.ts';
import { TemplateBuilder } from './templateBuilder.ts';

export interface EditorTemplate {
  readonly template: string;
  /** Variable → what to give there, in order of first use. */
  readonly variables: ReadonlyMap<string, string>;
}

/** What the editor itself puts in; a prompt file asks for it, or takes the selection or file it is run on. */
const known: Readonly<Record<string, readonly [name: string, description: string]>> = {
  selection: ['selection', 'The text selected in the editor'],
  selectedText: ['selection', 'The text selected in the editor'],
  file: ['file', 'The path of the current file'],
  fileBasename: ['fileBasename', 'The name of the current file'],
  fileDirname: ['fileDirname', 'The folder of the current file'],
  fileBasenameNoExtension: ['fileBasenameNoExtension', 'The name of the current file without its ending'],
  workspaceFolder: ['workspaceFolder', 'The path of the workspace folder'],
  workspaceFolderBasename: ['workspaceFolderBasename', 'The name of the workspace folder'],
};

// Bounded, so that many openings without an end take linear time.
const reference = /\$\{(?:input:([^:}\n]{1,100})(?::([^}\n]{0,400}))?|([A-Za-z][\w.]{0,100}))\}/g;

/**
 * `${input:name}`, `${input:name:placeholder}`, `${selection}` … of VS Code's prompt files → our templates.
 * Reference: code.visualstudio.com, "Use prompt files in VS Code".
 */
export function fromEditorVariables(source: string, remainder: Remainder, firstLine: number): EditorTemplate {
  const builder = new TemplateBuilder();
  const variables = new Map<string, string>();
  const lineOf = lineCounter(source, firstLine);
  let at = 0;
  for (const match of source.matchAll(reference)) {
    const [raw, input, placeholder, other] = match;
    const where = `line ${lineOf(match.index)}`;
    const builtIn = other === undefined ? undefined : known[other];
    if (other !== undefined && builtIn === undefined) {
      remainder.note(where, `\`${raw}\` is not known; it stays in the text as it is.`);
      continue;
    }
    builder.text(source.slice(at, match.index));
    at = match.index + raw.length;
    const name = builtIn?.[0] ?? toVariableName(input ?? '');
    if (builtIn === undefined && name !== input?.trim()) {
      remainder.note(where, `\`${raw}\` is called \`{{${name}}}\`: names here have no blanks or signs.`);
    }
    if (builtIn !== undefined && !variables.has(name)) {
      remainder.note(
        where,
        `\`${raw}\` was filled in by the editor; \`{{${name}}}\` is asked for at each run.`,
      );
    }
    const description = builtIn?.[1] ?? placeholder?.trim() ?? '';
    if ((variables.get(name) ?? '') === '') variables.set(name, description);
    builder.variable(name);
  }
  builder.text(source.slice(at));
  return { template: builder.build(), variables };
}

function toVariableName(text: string): string {
  const plain = text.trim().replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}
