import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';

/** Where `npm run package` leaves the package. */
export function vsixFile(): string {
  const manifest = JSON.parse(readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(repositoryRoot, `${manifest.name}-${manifest.version}.vsix`);
}

/** The packaging tool, run as a program with this process's Node. */
export const vsceProgram = path.join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
