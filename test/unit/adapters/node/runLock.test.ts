import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isLocked, lockRun } from '../../../../src/adapters/node/runLock.ts';
import { closed, startLockHolder } from '../../../support/locks/startLockHolder.ts';

let folder = '';
let lockFile = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-lock-'));
  lockFile = path.join(folder, 'running.lock');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

const inUse = { name: 'RunInUse' };

/** Another process, which has the run by now. */
async function holder(): Promise<ChildProcess> {
  const child = await startLockHolder('run', folder);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const secondsAgo = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

async function leaveLock(holder: object, age: number): Promise<void> {
  await writeFile(
    lockFile,
    JSON.stringify({ token: 'other', pid: 1, host: 'elsewhere', space: '', ...holder }),
  );
  await utimes(lockFile, secondsAgo(age), secondsAgo(age));
}

describe('a run that somebody is at', () => {
  test('is theirs until they let it go', async () => {
    expect(await isLocked(folder)).toBe(false);
    const lock = await lockRun(folder);
    expect(await isLocked(folder)).toBe(true);
    await expect(lockRun(folder)).rejects.toMatchObject({
      ...inUse,
      message: `This run is going on in process ${process.pid} on ${hostname()}.`,
    });
    lock.check();
    await lock.release();
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockRun(folder)).release();
  });

  test('in another process is theirs until it ends', async () => {
    const child = await holder();
    expect(await isLocked(folder)).toBe(true);
    await expect(lockRun(folder)).rejects.toMatchObject(inUse);
    child.stdin?.end();
    await closed(child);
    expect(await isLocked(folder)).toBe(false);
  }, 20_000);

  test('in a process that was killed is free at once', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await closed(child);
    expect(await readdir(folder)).toEqual(['running.lock']);
    expect(await isLocked(folder)).toBe(false);
    const lock = await lockRun(folder);
    expect(await readdir(folder)).toEqual(['running.lock']);
    await lock.release();
  }, 20_000);

  test('goes to one alone of those that find it left behind', async () => {
    for (let round = 0; round < 20; round++) {
      await leaveLock({}, 3_600);
      const claims = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(folder)));
      const won = claims.filter((claim) => claim.status === 'fulfilled');
      expect(won).toHaveLength(1);
      expect(await isLocked(folder)).toBe(true);
      for (const { value } of won) await value.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test('is not lost to a process that died while it took over', async () => {
    await leaveLock({}, 3_600);
    const turn = path.join(folder, 'running.lock.taking.tmp');
    await writeFile(turn, '');
    await expect(lockRun(folder)).rejects.toMatchObject(inUse);
    await utimes(turn, secondsAgo(40), secondsAgo(40));
    await (await lockRun(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('on another machine', () => {
  test('it is theirs as long as it is heard of, also by a clock that is behind', async () => {
    for (const age of [0, 20, -3_600]) {
      await leaveLock({}, age);
      expect(await isLocked(folder)).toBe(true);
      await expect(lockRun(folder)).rejects.toMatchObject(inUse);
    }
  });

  test('or in another container of this name, whatever numbers processes have here', async () => {
    await leaveLock({ host: hostname(), space: 'another', pid: 2 ** 30 }, 0);
    expect(await isLocked(folder)).toBe(true);
  });

  test('silence of half a minute gives it up', async () => {
    await leaveLock({}, 40);
    expect(await isLocked(folder)).toBe(false);
    await (await lockRun(folder)).release();
  });

  test('a lock that was cut off counts for as long as one that says nothing more', async () => {
    await writeFile(lockFile, '{"tok');
    expect(await isLocked(folder)).toBe(true);
    await utimes(lockFile, secondsAgo(40), secondsAgo(40));
    expect(await isLocked(folder)).toBe(false);
    await (await lockRun(folder)).release();
  });
});

describe('who holds a run', () => {
  const beat = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(5_000);
    // What a beat writes takes its own time.
    await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 50; turn++) await readFile(lockFile).catch(() => null);
  };

  test('is heard of every few seconds, and puts back a lock that went missing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await lockRun(folder);
    await utimes(lockFile, secondsAgo(3_600), secondsAgo(3_600));
    await beat();
    expect(await isLocked(folder)).toBe(true);
    await rm(lockFile);
    await beat();
    expect(await isLocked(folder)).toBe(true);
    lock.check();
    await lock.release();
  });

  test('learns that another took it over, and leaves that one its lock', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await lockRun(folder);
    await leaveLock({ pid: 7 }, 0);
    await beat();
    expect(() => lock.check()).toThrow('This run is going on in process 7 on elsewhere.');
    await lock.release();
    expect(await readdir(folder)).toEqual(['running.lock']);
  });

  test('has lost it for good, also when that one is through with it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await lockRun(folder);
    await leaveLock({ pid: 7 }, 0);
    await beat();
    await rm(lockFile);
    await beat();
    expect(() => lock.check()).toThrow('This run is going on in process 7 on elsewhere.');
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });
});
