import { readWorkspaceFile } from '../../core/pipeline/readWorkspaceFile.ts';
import { unusableFiles } from '../../core/pipeline/toolCalls/callWorld.ts';
import type { FoundFile, McpWorkspace } from './mcpWorkspace.ts';

/** The files attached to a skill, as they were at its revision. */
export function attachedFiles(
  workspace: McpWorkspace,
  { file, files }: FoundFile,
  names: readonly string[],
): Promise<{ filename: string; content: string }[]> {
  const { host } = workspace;
  const maxBytes = host.engine.world.settings(file.path).skillFileLimitBytes;
  return Promise.all(
    names.map(async (filename, index) => {
      const request = { promptPath: file.path, workspaceFolder: host.folder, relative: filename, maxBytes };
      const found = await readWorkspaceFile(files, request);
      if (found.status === 'read') return { filename, content: found.text };
      const range = file.locate(['files', index], 'value');
      throw unusableFiles(workspace, [{ ...found.problem, severity: 'error', path: file.path, range }]);
    }),
  );
}
