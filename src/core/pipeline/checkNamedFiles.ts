import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileSystem } from '../ports/fileSystem.ts';
import { readWorkspaceFile, resolveWorkspaceFile } from './readWorkspaceFile.ts';

export interface NamedFilesOptions {
  readonly files: FileSystem;
  readonly workspaceFolder: string;
  /** In bytes, for files whose text is sent. */
  readonly skillFileLimitBytes: number;
}

interface NamedFile {
  readonly relative: string;
  readonly path: readonly (string | number)[];
  /** Its text is sent: it must be text, and not too long. */
  readonly isSent: boolean;
}

/** Files that a prompt file names and that are missing, too long, or outside the workspace: each an error on its line. */
export async function checkNamedFiles(
  parsed: ParsedFile,
  { files, workspaceFolder, skillFileLimitBytes }: NamedFilesOptions,
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { relative, path, isSent } of namedFiles(parsed)) {
    const request = {
      promptPath: parsed.path,
      workspaceFolder,
      relative,
      maxBytes: skillFileLimitBytes,
    };
    const read = await (isSent ? readWorkspaceFile : resolveWorkspaceFile)(files, request);
    if (read.status !== 'refused') continue;
    found.push({ ...read.problem, severity: 'error', range: parsed.locate(path, 'value') });
  }
  return found;
}

function namedFiles({ file }: ParsedFile): NamedFile[] {
  if (file === null) return [];
  const named: NamedFile[] = [];
  const add = (relative: string | undefined, path: NamedFile['path'], isSent: boolean): void => {
    if (relative !== undefined) named.push({ relative, path, isSent });
  };
  add(file.testDataFile, ['testDataFile'], false);
  (file.evaluators ?? []).forEach((spec, index) => {
    if (spec.type === 'uses' && /^\.{1,2}\//.test(spec.uses))
      add(spec.uses, ['evaluators', index, 'uses'], false);
  });
  if (file.kind === 'skill') file.files.forEach((each, index) => add(each, ['files', index], true));
  if (file.kind === 'prompt' || file.kind === 'skill') {
    for (const [name, spec] of Object.entries(file.variables))
      add(spec.file, ['variables', name, 'file'], true);
  }
  return named;
}
