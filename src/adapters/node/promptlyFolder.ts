import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from './writeAtomically.ts';

const mark = '# Written by Promptly; your own lines make it yours.';
const ignoring = `${mark}\n*\n`;
const committing = `${mark}\n# promptly.commitRecordings is on: runs and recorded answers belong to the repository.\n*.tmp\nrunning.lock\n`;

/** Where a workspace folder keeps its runs and recordings. */
export const promptlyFolderOf = (workspaceFolder: string): string => path.join(workspaceFolder, '.promptly');

/** Makes `.promptly/` and keeps it out of git, unless recordings are to be committed. A file the user edited stays. */
export async function preparePromptlyFolder(
  workspaceFolder: string,
  commitRecordings: boolean,
): Promise<string> {
  const folder = promptlyFolderOf(workspaceFolder);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, '.gitignore');
  const present = await readFile(file, 'utf8').catch(() => null);
  const wanted = commitRecordings ? committing : ignoring;
  const isOurs = present === null || present === ignoring || present === committing;
  if (isOurs && present !== wanted) await writeAtomically(file, wanted);
  return folder;
}
