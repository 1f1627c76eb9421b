import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCommandOrThrow } from '../process/runCommand.ts';
import { stagePackage } from './stagePackage.ts';
import { vsceProgram, vsixFile } from './vsixFile.ts';
import { writeNotices } from './writeNotices.ts';

/** Makes the `.vsix` of what was built last, its notices file included; returns its path. */
export async function createPackage(): Promise<string> {
  writeNotices();
  const target = vsixFile();
  // Everything is bundled; and there is no public repository that relative links could be sent to.
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const folder = await mkdtemp(path.join(os.tmpdir(), 'promptly-package-'));
  try {
    await stagePackage(folder);
    await runCommandOrThrow(process.execPath, [vsceProgram, 'package', ...flags, '--out', target], {
      cwd: folder,
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return target;
}
