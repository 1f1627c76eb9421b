import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FileSystem } from '../ports/fileSystem.ts';
import { FileError } from '../ports/fileSystem.ts';

export type WorkspaceFile =
  | { readonly status: 'read'; readonly text: string }
  | { readonly status: 'refused'; readonly problem: Pick<Diagnostic, 'code' | 'message'> };

export interface WorkspaceFileRequest {
  /** The prompt file that names it. */
  readonly promptPath: string;
  readonly workspaceFolder: string;
  /** As the prompt file names it. */
  readonly relative: string;
  readonly maxBytes: number;
}

/**
 * The text of a file that a prompt file names. It must lie in the workspace folder, as it is written and with symbolic
 * links resolved; otherwise nothing of it is read, not even whether it exists.
 */
export async function readWorkspaceFile(
  files: FileSystem,
  request: WorkspaceFileRequest,
): Promise<WorkspaceFile> {
  const resolved = await resolveWorkspaceFile(files, request);
  if (resolved.status === 'refused') return resolved;
  try {
    return {
      status: 'read',
      text: await files.readText(resolved.path, { maxBytes: request.maxBytes }),
    };
  } catch (error) {
    return refuse(request, error);
  }
}

/** The real path of a file that a prompt file names, under the same rule, without reading it. */
export async function resolveWorkspaceFile(
  files: FileSystem,
  request: WorkspaceFileRequest,
): Promise<
  { readonly status: 'resolved'; readonly path: string } | Extract<WorkspaceFile, { status: 'refused' }>
> {
  const outside = {
    code: 'outside-workspace',
    message: `"${request.relative}" lies outside the workspace folder; only files inside it are read. Move or copy the file into the workspace.`,
  };
  const path = files.resolve(request.promptPath, request.relative);
  if (!files.contains(request.workspaceFolder, path)) return { status: 'refused', problem: outside };
  try {
    const [realFolder, realFile] = await Promise.all([
      files.realPath(request.workspaceFolder),
      files.realPath(path),
    ]);
    return files.contains(realFolder, realFile)
      ? { status: 'resolved', path: realFile }
      : { status: 'refused', problem: outside };
  } catch (error) {
    return refuse(request, error);
  }
}

function refuse(
  request: WorkspaceFileRequest,
  error: unknown,
): Extract<WorkspaceFile, { status: 'refused' }> {
  if (!FileError.is(error)) throw error;
  const { relative, maxBytes } = request;
  const problems = {
    'not-found': {
      code: 'missing-file',
      message: `"${relative}" does not exist. Paths are relative to this file.`,
    },
    'too-large': {
      code: 'file-too-large',
      message: `"${relative}" is larger than the ${Math.floor(maxBytes / 1024)} KiB allowed. Shorten it, or raise promptly.skillFileLimit.`,
    },
    'not-text': { code: 'unreadable-file', message: `"${relative}" is not UTF-8 text.` },
    'no-permission': { code: 'unreadable-file', message: `"${relative}" may not be read: no permission.` },
    other: { code: 'unreadable-file', message: `"${relative}" cannot be read. Is it a regular file?` },
  } as const;
  return { status: 'refused', problem: problems[error.reason] };
}
