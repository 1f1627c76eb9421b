import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';
import { runCommand, runCommandOrThrow } from '../process/runCommand.ts';

const sample = path.join(repositoryRoot, 'docs', 'sample-workspace');
const promptWithHistory = path.join('prompts', 'summarise.prompt.yaml');

/** The sentence the second commit brought, and what stood there before. */
const now = 'You summarise texts. You answer with one short sentence and nothing else.';
const before = 'You are a helpful assistant who summarises texts.';

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const identity = ['-c', 'user.name=Promptly sample', '-c', 'user.email=sample@example.org'];
  const plain = ['-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main', '-c', 'core.autocrlf=false'];
  await runCommandOrThrow('git', [...identity, ...plain, ...args], { cwd: folder });
}

async function hasGit(): Promise<boolean> {
  return (await runCommand('git', ['--version']).catch(() => ({ code: 1 }))).code === 0;
}

/** Two commits, so that a prompt has an earlier version to be compared with. */
async function addHistory(folder: string): Promise<void> {
  const file = path.join(folder, promptWithHistory);
  const text = await readFile(file, 'utf8');
  if (!text.includes(now)) throw new Error(`${promptWithHistory} no longer holds the sentence "${now}".`);
  await writeFile(file, text.replace(now, before));
  await git(folder, 'init', '--quiet');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '--message', 'Add the prompts');
  await writeFile(file, text);
  await git(folder, 'commit', '--quiet', '--all', '--message', 'Ask for one short sentence');
}

/** A copy of the sample workspace to work in, with a git history. One that is there already is kept as it is. */
export async function prepareWorkspace(target: string): Promise<void> {
  if (existsSync(target)) return;
  const staging = await mkdtemp(`${target}.staging-`);
  try {
    await cp(sample, staging, { recursive: true });
    if (await hasGit()) await addHistory(staging);
    else console.log('There is no git on this machine: the sample workspace has no earlier versions.');
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}
