import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isProcessLocked, tryProcessLock } from '../../../../src/adapters/node/processLock.ts';
import {
  closed,
  leaveDeadLock,
  startLockHolder,
  type LockKind,
} from '../../../support/locks/startLockHolder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-process-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const silentMs = 60_000;

describe.each<LockKind>(['run', 'import', 'download'])('the lock of a dead process (%s)', (kind) => {
  test('is taken by one process at a time of those that find it', async () => {
    const place = kind === 'download' ? path.join(folder, 'model.lock') : folder;
    const journal = path.join(folder, 'journal');
    await leaveDeadLock(kind, place);
    const takers = await Promise.all(Array.from({ length: 6 }, () => startLockHolder(kind, place, journal)));
    onTestFinished(() => takers.forEach((taker) => taker.kill('SIGKILL')));
    const ends = takers.map(closed);
    for (const taker of takers) taker.stdin?.write('go\n');
    await Promise.all(ends);
    const lines = (await readFile(journal, 'utf8')).trim().split('\n');
    const order = lines.filter((_, index) => index % 2 === 0).map((line) => line.replace('begin ', ''));
    expect(lines).toEqual(order.flatMap((pid) => [`begin ${pid}`, `end ${pid}`]));
    expect(order.toSorted()).toEqual(takers.map(({ pid }) => String(pid)).toSorted());
  }, 60_000);
});

describe('a process lock', () => {
  test('that was given back is free, and leaves nothing behind', async () => {
    const file = path.join(folder, 'x.lock');
    const attempt = await tryProcessLock(file, silentMs);
    expect(await isProcessLocked(file, silentMs)).toBe(true);
    expect(await tryProcessLock(file, silentMs)).toMatchObject({
      status: 'held',
      holder: { pid: process.pid },
    });
    if (attempt.status === 'taken') await attempt.lock.release();
    expect(await isProcessLocked(file, silentMs)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  test('goes to one alone, also when the process that took it over before died on the way', async () => {
    const file = path.join(folder, 'x.lock');
    for (let round = 0; round < 3; round++) {
      await leaveDeadLock('download', file);
      await leaveDeadLock('download', `${file}.taking.tmp`);
      const attempts = await Promise.all(Array.from({ length: 12 }, () => tryProcessLock(file, silentMs)));
      const taken = attempts.flatMap((attempt) => (attempt.status === 'taken' ? [attempt.lock] : []));
      expect(taken).toHaveLength(1);
      await taken[0]?.release();
      expect(await readdir(folder)).toEqual([]);
    }
  }, 60_000);
});
