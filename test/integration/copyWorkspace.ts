import { cp, mkdtemp, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';

export interface WorkspaceCopy {
  /** The temporary folder to remove at the end. */
  readonly folder: string;
  /** The folder or `.code-workspace` file to open. */
  readonly workspace: string;
}

/** Copies a fixture workspace, so that tests may write into it. `fixture` names a folder or a `.code-workspace` file in one. */
export async function copyWorkspace(fixture: string): Promise<WorkspaceCopy> {
  const source = path.join(repositoryRoot, 'test', 'fixtures', 'workspaces', fixture);
  const isFile = fixture.endsWith('.code-workspace');
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-workspace-')));
  await cp(isFile ? path.dirname(source) : source, folder, { recursive: true });
  return { folder, workspace: isFile ? path.join(folder, path.basename(source)) : folder };
}
