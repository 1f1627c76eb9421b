import { repositoryRoot } from '../editor/partsFolder.ts';
import { runCommandOrThrow } from '../process/runCommand.ts';
import { vsceProgram, vsixFile } from './vsixFile.ts';
import { writeNotices } from './writeNotices.ts';

/** Makes the `.vsix` of what was built last, its notices file included; returns its path. */
export async function createPackage(): Promise<string> {
  writeNotices();
  const target = vsixFile();
  // Everything is bundled; and with no public repository named, relative links of the README stay as they are.
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await runCommandOrThrow(process.execPath, [vsceProgram, 'package', ...flags, '--out', target], {
    cwd: repositoryRoot,
  });
  return target;
}
