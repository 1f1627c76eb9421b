import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';
import { runCommandOrThrow } from '../process/runCommand.ts';
import { pageForPackage, readmeForPackage } from './packagedMarkdown.ts';
import { vsceProgram } from './vsixFile.ts';

/** `images/run.png` → `images/small/run.webp`, where there is one beside the page. */
function smallPictureBeside(page: string): (source: string) => string | undefined {
  return (source) => {
    const { dir, name } = path.posix.parse(source);
    const small = path.posix.join(dir, 'small', `${name}.webp`);
    return existsSync(path.join(repositoryRoot, path.dirname(page), small)) ? small : undefined;
  };
}

function rewriteOf(file: string): ((text: string) => string) | undefined {
  if (file === 'README.md') return readmeForPackage;
  if (!/^docs\/.*\.md$/.test(file)) return undefined;
  return (text) => pageForPackage(text, smallPictureBeside(file));
}

/** Copies what .vscodeignore lets in to `folder`, its Markdown as the editor can show it. */
export async function stagePackage(folder: string): Promise<void> {
  const list = await runCommandOrThrow(process.execPath, [vsceProgram, 'ls', '--no-dependencies'], {
    cwd: repositoryRoot,
  });
  for (const file of list.split(/\r?\n/).filter((line) => line !== '')) {
    const from = path.join(repositoryRoot, file);
    const to = path.join(folder, file);
    await mkdir(path.dirname(to), { recursive: true });
    const rewrite = rewriteOf(file);
    if (rewrite === undefined) await copyFile(from, to);
    else await writeFile(to, rewrite((await readFile(from, 'utf8')).replaceAll('\r\n', '\n')));
  }
}
