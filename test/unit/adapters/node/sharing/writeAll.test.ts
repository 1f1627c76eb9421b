import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeStaleStaging } from '../../../../../src/adapters/node/sharing/stagingFolder.ts';
import { writeAll } from '../../../../../src/adapters/node/sharing/writeAll.ts';
import type { FileToWrite } from '../../../../../src/core/ports/sharingDisk.ts';
import { FileError } from '../../../../../src/core/ports/fileSystem.ts';
import { leaveDeadLock } from '../../../../support/locks/startLockHolder.ts';

const newFolder = async (): Promise<string> =>
  realpath(await mkdtemp(path.join(tmpdir(), 'promptly-write-')));
const fileOf = (name: string, text: string, replaces: string | null = null): FileToWrite => ({
  path: name,
  bytes: Buffer.from(text),
  replaces: replaces === null ? null : Buffer.from(replaces),
});
const staged = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('.promptly-import-'));
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

/** The number of a process that is no more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function leftBehind(folder: string, name: string, age: Date, content: string[] = ['0']): Promise<void> {
  const place = path.join(folder, name);
  await mkdir(place);
  for (const each of content) await writeFile(path.join(place, each), 'x');
  await utimes(place, age, age);
}

describe('a staging folder left behind', () => {
  it('by a process killed in the middle goes with the next import', async () => {
    const folder = await newFolder();
    const module = path.resolve('src/adapters/node/sharing/writeAll.ts');
    const script = `
      const { writeAll } = require(${JSON.stringify(module)});
      const files = Array.from({ length: 20000 }, (_, i) => ({ path: 'n/' + i, bytes: Buffer.from('x'), replaces: null }));
      writeAll(${JSON.stringify(folder)}, files);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script]);
    await expect.poll(() => staged(folder), { timeout: 20_000, interval: 5 }).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [name = ''] = await staged(folder);
    expect(name).toContain(`-${child.pid}-`);

    await writeAll(folder, [fileOf('a.md', 'a')]);
    // It might belong to a process of another machine.
    expect(await staged(folder)).toEqual([name]);
    await utimes(path.join(folder, name), minutesAgo(11), minutesAgo(11));
    await writeAll(folder, [fileOf('b.md', 'b')]);
    expect(await staged(folder)).toEqual([]);
    expect(await readFile(path.join(folder, 'a.md'), 'utf8')).toBe('a');
  }, 60_000);

  it('stays while its process lives, up to a day', async () => {
    const folder = await newFolder();
    const name = `.promptly-import-${process.pid}-Abc123`;
    await leftBehind(folder, name, minutesAgo(60));
    await removeStaleStaging(folder, Date.now());
    expect(await staged(folder)).toEqual([name]);
    await removeStaleStaging(folder, Date.now() + 24 * 60 * 60_000);
    expect(await staged(folder)).toEqual([]);
  });

  it('is left alone when it is not certainly ours', async () => {
    const folder = await newFolder();
    const pid = await deadPid();
    const old = minutesAgo(100_000);
    await leftBehind(folder, `.promptly-import-${pid}-aaaaaa`, old, ['0', 'notes.md']);
    await mkdir(path.join(folder, `.promptly-import-${pid}-bbbbbb`, '0'), { recursive: true });
    await utimes(path.join(folder, `.promptly-import-${pid}-bbbbbb`), old, old);
    await writeFile(path.join(folder, `.promptly-import-${pid}-cccccc`), 'a file');
    await leftBehind(folder, '.promptly-import-backup', old);
    await leftBehind(folder, 'elsewhere', old);
    if (process.platform !== 'win32') {
      await symlink(path.join(folder, 'elsewhere'), path.join(folder, `.promptly-import-${pid}-dddddd`));
    }
    const before = await readdir(folder, { recursive: true });
    await writeAll(folder, [fileOf('x.md', 'x')]);
    expect((await readdir(folder, { recursive: true })).filter((name) => name !== 'x.md').sort()).toEqual(
      before.sort(),
    );
  });
});

describe('two imports at once', () => {
  it('never mix: one of them is written whole, the other is refused whole', async () => {
    for (let round = 0; round < 30; round += 1) {
      const folder = await newFolder();
      await writeFile(path.join(folder, 'mine.md'), 'mine');
      const names = ['a.md', 'sub/b.md', 'sub/c.md', 'mine.md'];
      const filesOf = (text: string, order: readonly string[]): FileToWrite[] =>
        order.map((name) => fileOf(name, text, name === 'mine.md' ? 'mine' : null));
      const results = await Promise.allSettled([
        writeAll(folder, filesOf('first', names)),
        writeAll(folder, filesOf('second', round % 2 === 0 ? names : names.toReversed())),
      ]);
      const winner = ['first', 'second'].filter((_, index) => results[index]?.status === 'fulfilled');
      expect(winner).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        expect(FileError.is(result.reason)).toBe(true);
        expect(String(result.reason)).toMatch(/nothing was (written|changed)/);
      }
      const texts = await Promise.all(
        names.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => null)),
      );
      expect(texts).toEqual(
        winner[0] === undefined ? [null, null, null, 'mine'] : names.map(() => winner[0]),
      );
      expect(await staged(folder)).toEqual([]);
    }
  });

  it('of two processes do not mix either, and a lock that a killed one left is no hindrance', async () => {
    const folder = await newFolder();
    await writeFile(path.join(folder, 'mine.md'), 'mine');
    await leaveDeadLock('import', folder);
    const children = ['first', 'second', 'third'].map((text) => {
      const script = `
        const { writeAll } = require(${JSON.stringify(path.resolve('src/adapters/node/sharing/writeAll.ts'))});
        const names = Array.from({ length: 40 }, (_, i) => i + '.md');
        const files = [...names, 'mine.md'].map((path) =>
          ({ path, bytes: Buffer.from('${text}'), replaces: path === 'mine.md' ? Buffer.from('mine') : null }));
        writeAll(${JSON.stringify(folder)}, files).catch((error) => { console.error(error.message); process.exit(3); });`;
      return spawn(process.execPath, ['--import', 'tsx', '-e', script]);
    });
    const codes = await Promise.all(
      children.map(async (child) => (await once(child, 'exit'))[0] as number | null),
    );
    expect(codes.toSorted()).toEqual([0, 3, 3]);
    const winner = ['first', 'second', 'third'][codes.indexOf(0)];
    const names = await readdir(folder);
    expect(names).toHaveLength(41);
    for (const name of names) expect(await readFile(path.join(folder, name), 'utf8')).toBe(winner);
  }, 60_000);

  it('that wait in vain say so', async () => {
    const folder = await newFolder();
    const holder = { token: 'other', pid: 1, host: 'elsewhere', space: '' };
    await writeFile(path.join(folder, '.promptly-import.lock'), JSON.stringify(holder));
    await expect(writeAll(folder, [fileOf('a.md', 'a')])).rejects.toThrow(
      'Another import is writing into this folder; nothing was written. Import again when it is done; if there is none, delete .promptly-import.lock.',
    );
    expect(await readdir(folder)).toEqual(['.promptly-import.lock']);
    await utimes(path.join(folder, '.promptly-import.lock'), minutesAgo(11), minutesAgo(11));
    await writeAll(folder, [fileOf('a.md', 'a')]);
    expect(await readdir(folder)).toEqual(['a.md']);
  }, 30_000);

  it('of different files both succeed', async () => {
    const folder = await newFolder();
    const all = Array.from({ length: 8 }, (_, index) => [fileOf(`new/${index}.md`, String(index))]);
    await Promise.all(all.map((files) => writeAll(folder, files)));
    expect((await readdir(path.join(folder, 'new'))).length).toBe(8);
    expect(await staged(folder)).toEqual([]);
  });
});
