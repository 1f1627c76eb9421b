import { randomUUID } from 'node:crypto';
import { open, readFile, readlink, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOnce } from './createOnce.ts';
import { hasCode } from './hasCode.ts';
import { isProcess } from './isProcess.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Who holds a lock says so this often. */
const beatMs = 5_000;
const claimTries = 3;
const betweenTriesMs = 10;

/** Who holds a lock, as its file says. */
export interface LockHolder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Processes of one space have different numbers; a container and its machine may share the name, not the space. */
  readonly space: string;
}

export interface ProcessLock {
  /** Who has taken it over, as this process was silent for too long; null: it still has it. */
  lostTo(): LockHolder | null;
  /** Leaves the lock of whoever took it over. */
  release(): Promise<void>;
}

export type LockAttempt =
  | { readonly status: 'taken'; readonly lock: ProcessLock }
  /** `holder` is null when it cannot be made out, or one is just taking it. */
  | { readonly status: 'held'; readonly holder: LockHolder | null };

/**
 * Takes a lock for this process; does not wait for another one. The file names the process and is touched every few
 * seconds: one that crashed on this machine is known at once by its number, one on another machine by its silence. What a
 * dead process left is taken over, by one process alone. Throws what the disk says.
 *
 * @param silentMs who has not been heard of for so long is gone
 */
export async function tryProcessLock(file: string, silentMs: number): Promise<LockAttempt> {
  const own = { token: randomUUID(), pid: process.pid, host: os.hostname(), space: await processSpace() };
  const text = JSON.stringify(own);
  const claimed = await claim(file, text, silentMs);
  if (claimed !== 'taken') return { status: 'held', ...claimed };
  return { status: 'taken', lock: keepLock(file, own.token, text) };
}

/** Has some process this lock? Never throws. */
export async function isProcessLocked(file: string, silentMs: number, nowMs = Date.now()): Promise<boolean> {
  const found = await readLock(file).catch(() => null);
  return found !== null && (await isAlive(found, silentMs, nowMs));
}

type Held = Pick<Extract<LockAttempt, { status: 'held' }>, 'holder'>;

async function claim(file: string, text: string, silentMs: number): Promise<'taken' | Held> {
  for (let tries = 0; tries < claimTries; tries++) {
    if (tries > 0) await sleep(betweenTriesMs);
    if (await createOnce(file, text)) return 'taken';
    const found = await readLock(file).catch(() => null);
    // Released meanwhile.
    if (found === null) continue;
    if ((await isHere(found.holder)) && (await isAlive(found, silentMs, Date.now()))) return found;
    const result = await takeOver(file, text, silentMs);
    if (result !== null) return result;
  }
  return { holder: null };
}

/**
 * Puts this process in the place of one that is gone; null: try again. Of those that find a lock left behind at the same
 * time one alone may look and replace it: the others would take away what it has just put there. The turn to do so is a
 * lock itself, since a process may die in the middle of this, too.
 */
async function takeOver(file: string, text: string, silentMs: number): Promise<'taken' | Held | null> {
  const turn = `${file}.taking.tmp`;
  if ((await claim(turn, text, silentMs)) !== 'taken') return null;
  try {
    const found = await readLock(file).catch(() => null);
    if (found === null) return null;
    // The clock of a network folder is that of its server, as are the times of the files in it.
    if (await isAlive(found, silentMs, (await stat(turn)).mtimeMs)) return found;
    return await replace(file, text);
  } finally {
    // One that cannot be removed falls silent; what was taken is taken.
    await rm(turn, { force: true }).catch(() => undefined);
  }
}

async function replace(file: string, text: string): Promise<'taken' | null> {
  try {
    await writeAtomically(file, text);
    return 'taken';
  } catch (error) {
    // Windows replaces no file that somebody is reading.
    const isBusy = ['EPERM', 'EACCES', 'EBUSY'].some((code) => hasCode(error, code));
    if (process.platform === 'win32' && isBusy) return null;
    throw error;
  }
}

interface FoundLock {
  /** null: it is being written at this moment, or was cut off. */
  readonly holder: LockHolder | null;
  readonly touchedMs: number;
}

async function readLock(file: string): Promise<FoundLock> {
  const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { holder: toHolder(text), touchedMs: mtimeMs };
}

function toHolder(text: string): LockHolder | null {
  try {
    const value = JSON.parse(text) as Partial<LockHolder> | null;
    const isHolder =
      typeof value?.token === 'string' && typeof value.pid === 'number' && typeof value.host === 'string';
    return isHolder ? (value as LockHolder) : null;
  } catch {
    return null;
  }
}

async function isAlive({ holder, touchedMs }: FoundLock, silentMs: number, nowMs: number): Promise<boolean> {
  if (nowMs - touchedMs > silentMs) return false;
  return holder === null || !(await isHere(holder)) || isProcess(holder.pid);
}

const isHere = async (holder: LockHolder | null): Promise<boolean> =>
  holder !== null && holder.host === os.hostname() && holder.space === (await processSpace());

let space: string | undefined;

async function processSpace(): Promise<string> {
  space ??= `${process.platform} ${await readlink('/proc/self/ns/pid').catch(() => '')}`.trim();
  return space;
}

function keepLock(file: string, token: string, text: string): ProcessLock {
  let lost: LockHolder | null = null;
  let beating: Promise<void> | null = null;
  const timer = setInterval(() => {
    beating ??= touch(file, token, text)
      .then((other) => {
        if (other === null) return;
        // For good: whoever has it may be through with what it is about by the next beat.
        lost = other;
        clearInterval(timer);
      })
      // A network folder may be away for a while.
      .catch(() => undefined)
      .finally(() => void (beating = null));
  }, beatMs);
  timer.unref();
  return {
    lostTo: () => lost,
    async release() {
      clearInterval(timer);
      await beating;
      const found = await readLock(file).catch(() => null);
      // One that cannot be removed is a process's that ended, or falls silent.
      if (found?.holder?.token === token) await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

/** Writes the same again, which sets its time; who holds the lock instead, if another does. */
async function touch(file: string, token: string, text: string): Promise<LockHolder | null> {
  const handle = await open(file, 'r+').catch(() => null);
  if (handle === null) {
    await createOnce(file, text);
    return null;
  }
  try {
    const holder = toHolder(await handle.readFile('utf8'));
    if (holder !== null && holder.token !== token) return holder;
    await handle.write(text, 0);
    return null;
  } finally {
    await handle.close();
  }
}
