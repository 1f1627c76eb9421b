import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGitRevisions } from '../../../../src/adapters/git/gitRevisions.ts';
import { runCommandOrThrow } from '../../../support/process/runCommand.ts';

const revisions = createGitRevisions(process.env);
let root: string;
let folder: string;

async function git(...args: readonly string[]): Promise<void> {
  const settings = [
    'user.name=Ada',
    'user.email=ada@example.org',
    'commit.gpgsign=false',
    'core.autocrlf=false',
  ];
  await runCommandOrThrow('git', [...settings.flatMap((each) => ['-c', each]), ...args], { cwd: root });
}

const file = (name: string): string => path.join(folder, name);

/** The workspace folder is a part of the repository, as in many a monorepo. */
beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-history-')));
  folder = path.join(root, 'app');
  await mkdir(folder);
  await git('init', '--quiet');
  const text = 'messages:\n  - role: user\n    content: Summarise {{text}} in one short sentence.\n';
  await writeFile(file('old.prompt.yaml'), text);
  await writeFile(file('[a]*.prompt.yaml'), text);
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'First: "quoted", \ttabbed and 日本語');
  await rename(file('old.prompt.yaml'), file('new.prompt.yaml'));
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Give it a better name');
  await writeFile(file('new.prompt.yaml'), `${text}# careful\n`);
  await git('commit', '--quiet', '--all', '--message', 'Be careful\n\nWith a body.');
});

afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

test("a file's history is followed through renames, newest first", async () => {
  const history = await revisions.history(folder, file('new.prompt.yaml'), 50);
  expect(history.map(({ subject, path: place }) => [subject, path.relative(folder, place)])).toEqual([
    ['Be careful', 'new.prompt.yaml'],
    ['Give it a better name', 'new.prompt.yaml'],
    ['First: "quoted", \ttabbed and 日本語', 'old.prompt.yaml'],
  ]);
  for (const { commit, date, author } of history) {
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(Number.isNaN(Date.parse(date))).toBe(false);
    expect(author).toBe('Ada');
  }
});

test('each version can be read where it was', async () => {
  for (const { commit, path: place } of await revisions.history(folder, file('new.prompt.yaml'), 50)) {
    const revision = await revisions.open(folder, commit);
    expect(await revision.readText(place)).toContain('Summarise {{text}}');
  }
});

test('it ends at its limit, and a name is no pattern', async () => {
  expect(await revisions.history(folder, file('new.prompt.yaml'), 2)).toHaveLength(2);
  expect(await revisions.history(folder, file('[a]*.prompt.yaml'), 50)).toHaveLength(1);
});

test('what was never committed has no history', async () => {
  expect(await revisions.history(folder, file('never.prompt.yaml'), 50)).toEqual([]);
  await expect(revisions.history(os.tmpdir(), path.join(os.tmpdir(), 'x'), 5)).rejects.toMatchObject({
    name: 'RevisionError',
    reason: 'not-a-repository',
  });
});

test('programs that the repository names are not started', async () => {
  const program = path.join(root, 'trap.sh');
  const mark = path.join(root, 'trapped');
  await writeFile(program, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
  await writeFile(path.join(root, '.gitattributes'), '*.yaml diff=trap filter=trap\n');
  for (const key of [
    'gpg.program',
    'core.pager',
    'diff.external',
    'diff.trap.textconv',
    'filter.trap.smudge',
  ]) {
    await git('config', key, program);
  }
  await git('config', 'log.showSignature', 'true');
  expect(await revisions.history(folder, file('new.prompt.yaml'), 50)).toHaveLength(3);
  await expect(realpath(mark)).rejects.toThrow();
});

test('a repository inside the folder has commits of its own', async () => {
  const inner = path.join(folder, 'inner');
  await mkdir(path.join(inner, 'deep'), { recursive: true });
  const place = path.join(inner, 'deep', 'own.prompt.yaml');
  await writeFile(place, 'messages: []\n');
  await git('-C', inner, 'init', '--quiet');
  await git('-C', inner, 'add', '.');
  await git('-C', inner, 'commit', '--quiet', '--message', 'Inside');
  expect(await revisions.history(folder, place, 50)).toMatchObject([{ subject: 'Inside', path: place }]);
  const revision = await revisions.open(folder, 'HEAD', place);
  expect(await revision.readText(place)).toBe('messages: []\n');
  expect(await revision.listPromptFiles()).toEqual([place]);
  const outer = await revisions.open(folder, 'HEAD', file('new.prompt.yaml'));
  expect(await outer.readText(file('new.prompt.yaml'))).toContain('# careful');
  await rm(inner, { recursive: true, force: true, maxRetries: 5 });
});
