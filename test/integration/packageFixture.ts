import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { vsceProgram } from '../support/packaging/vsixFile.ts';
import { runCommandOrThrow } from '../support/process/runCommand.ts';
import { artifactsFolder } from '../support/results/suiteResult.ts';

/** Packages an extension of test/fixtures/extensions; returns the path of its `.vsix`. */
export async function packageFixture(name: string): Promise<string> {
  const target = path.join(artifactsFolder, 'integration', `${name}.vsix`);
  await mkdir(path.dirname(target), { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', target];
  await runCommandOrThrow(process.execPath, [vsceProgram, 'package', ...flags], {
    cwd: path.join(repositoryRoot, 'test', 'fixtures', 'extensions', name),
  });
  return target;
}
