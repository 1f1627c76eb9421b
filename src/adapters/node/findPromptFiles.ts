import { readdir } from 'node:fs/promises';
import path from 'node:path';

const promptFile = /\.prompt\.ya?ml$/i;
/** Folders nobody keeps prompts in; the editor's search leaves them out too. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.promptly', '.vscode-test']);

/** All prompt files below `folder`, absolute, sorted. Links are not followed: they could lead outside or in circles. */
export async function findPromptFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of await readFolder(next)) {
      const full = path.join(next, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) open.push(full);
      else if (entry.isFile() && promptFile.test(entry.name)) found.push(full);
    }
  }
  return found.sort();
}

/** A folder that may not be read is left out, as everywhere in a file tree. */
async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
