import path from 'node:path';
import type { JsonObject } from '../../core/domain/json.ts';
import type { PromptEdit } from '../../core/pipeline/language.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import { toFinding } from './describeFile.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import type { CallAnswer } from '../../core/pipeline/toolCalls/callWorld.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

export type Wishes = readonly PromptEdit[];

// The prompt language is a bundle of its own.
const loadLanguage = () => import('../../core/pipeline/language.ts');

/** A new prompt file; refuses to write over one that is there. */
export async function createFile(
  workspace: McpWorkspace,
  relative: string,
  value: JsonObject,
): Promise<ParsedFile> {
  const { createPromptFile, maxFileBytes } = await loadLanguage();
  const { host } = workspace;
  const file = path.join(host.folder, ...relative.split('/'));
  const isThere = await host.engine.world.files.realPath(file).then(
    () => true,
    () => false,
  );
  if (isThere) {
    throw new ToolProblem(`${relative} is there already, under another name. Choose another name.`);
  }
  const text = createPromptFile(value);
  refuseTooLarge(relative, text, maxFileBytes);
  await host.write(file, text);
  return host.parse(file);
}

/** Changes a file in place; its comments and its layout stay. */
export async function editFile(
  workspace: McpWorkspace,
  parsed: ParsedFile,
  wishes: Wishes,
): Promise<ParsedFile> {
  const { editPromptFile, maxFileBytes } = await loadLanguage();
  const edited = editPromptFile(parsed.text, wishes);
  if (edited.status === 'refused') {
    const reasons = edited.diagnostics.map(
      ({ message, range }) => `line ${range.start.line + 1}: ${message}`,
    );
    throw new ToolProblem(
      `${workspace.shownPath(parsed.path)} was not changed. ${reasons.join(' ')} Mend the file first.`,
    );
  }
  refuseTooLarge(workspace.shownPath(parsed.path), edited.text, maxFileBytes);
  await workspace.host.write(parsed.path, edited.text);
  return workspace.host.parse(parsed.path);
}

/** A larger file could be written, and never read again. */
function refuseTooLarge(shown: string, text: string, mostBytes: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return;
  throw new ToolProblem(
    `${shown} would have ${bytes} bytes, and a prompt file may have ${mostBytes}; nothing was written. Shorten the text, or attach parts of it to a skill (promptly_skill_add_file).`,
  );
}

export interface Written {
  readonly name: string;
  readonly file: string;
  readonly created: boolean;
  readonly notes: string[];
  readonly diagnostics: ReturnType<typeof toFinding>[];
}

/** What the tools that write answer. */
export function toWritten(
  workspace: McpWorkspace,
  parsed: ParsedFile,
  { created, notes }: { readonly created: boolean; readonly notes: readonly string[] },
): CallAnswer<Written> {
  const file = workspace.shownPath(parsed.path);
  const diagnostics = parsed.diagnostics.map(toFinding);
  const problems = diagnostics.map(
    ({ severity, message, range }) => `${file}:${range.start.line} ${severity}: ${message}`,
  );
  const head = `${created ? 'Written' : 'Changed'}: ${parsed.name} in ${file}.`;
  return {
    text: [[head, ...notes, ...problems].join('\n')],
    data: { name: parsed.name, file, created, notes: [...notes], diagnostics },
  };
}
