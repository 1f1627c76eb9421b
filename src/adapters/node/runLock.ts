import { randomUUID } from 'node:crypto';
import { open, readFile, readlink, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RunInUse } from '../../core/ports/runStore.ts';
import { createOnce } from './createOnce.ts';
import { isProcess } from './isProcess.ts';
import { lockFile } from './runFiles.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Who holds a run says so this often; who has not been heard of for `silentMs` is gone. */
const beatMs = 5_000;
const silentMs = 30_000;
const claimTries = 3;

/** What the lock file holds. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Processes of one space have different numbers; a container and its machine may share the name, not the space. */
  readonly space: string;
}

export interface RunLock {
  /** Throws `RunInUse` when another process has taken the run over, as this one was silent for too long. */
  check(): void;
  release(): Promise<void>;
}

/**
 * Is some process at the run in this folder? Its lock file says which, and is touched every few seconds: a process that
 * crashed on this machine is known at once by its number, one on another machine by its silence. Never throws.
 */
export async function isLocked(folder: string, nowMs = Date.now()): Promise<boolean> {
  const found = await readLock(path.join(folder, lockFile)).catch(() => null);
  return found !== null && (await isAlive(found, nowMs));
}

/** Takes the run for this process. Throws `RunInUse` while another is at it, or this one is already. */
export async function lockRun(folder: string): Promise<RunLock> {
  const file = path.join(folder, lockFile);
  const own: Holder = {
    token: randomUUID(),
    pid: process.pid,
    host: os.hostname(),
    space: await processSpace(),
  };
  const text = JSON.stringify(own);
  for (let tries = 0; tries < claimTries; tries++) {
    if ((await createOnce(file, text)) || (await takeOver(file, text)))
      return keepLock(file, own.token, text);
  }
  throw inUse(null);
}

/**
 * Puts this process in the place of one that is gone; false: try again. Of those that find a lock left behind at the same
 * time one alone may look and replace it: the others would take away what it has just put there.
 */
async function takeOver(file: string, text: string): Promise<boolean> {
  const turn = `${file}.taking.tmp`;
  if (!(await createOnce(turn, ''))) {
    const since = await stat(turn).catch(() => null);
    if (since !== null && Date.now() - since.mtimeMs <= silentMs) throw inUse(null);
    // A process died in the middle of this.
    await rm(turn, { force: true });
    return false;
  }
  try {
    const found = await readLock(file).catch(() => null);
    // Released meanwhile.
    if (found === null) return false;
    // The clock of a network folder is that of its server, as are the times of the files in it.
    if (await isAlive(found, (await stat(turn)).mtimeMs)) throw inUse(found.holder);
    await writeAtomically(file, text);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

interface FoundLock {
  /** null: it is being written at this moment, or was cut off. */
  readonly holder: Holder | null;
  readonly touchedMs: number;
}

async function readLock(file: string): Promise<FoundLock> {
  const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { holder: toHolder(text), touchedMs: mtimeMs };
}

function toHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    const isHolder =
      typeof value?.token === 'string' && typeof value.pid === 'number' && typeof value.host === 'string';
    return isHolder ? (value as Holder) : null;
  } catch {
    return null;
  }
}

async function isAlive({ holder, touchedMs }: FoundLock, nowMs: number): Promise<boolean> {
  if (nowMs - touchedMs > silentMs) return false;
  if (holder === null) return true;
  const isHere = holder.host === os.hostname() && holder.space === (await processSpace());
  return !isHere || isProcess(holder.pid);
}

let space: string | undefined;

async function processSpace(): Promise<string> {
  space ??= `${process.platform} ${await readlink('/proc/self/ns/pid').catch(() => '')}`.trim();
  return space;
}

function keepLock(file: string, token: string, text: string): RunLock {
  let lost: Holder | null = null;
  let beating: Promise<void> | null = null;
  const timer = setInterval(() => {
    beating ??= touch(file, token, text)
      .then((other) => {
        if (other === null) return;
        // For good: whoever has it has written into the run, and may be through with it by the next beat.
        lost = other;
        clearInterval(timer);
      })
      // A network folder may be away for a while.
      .catch(() => undefined)
      .finally(() => void (beating = null));
  }, beatMs);
  timer.unref();
  return {
    check() {
      if (lost !== null) throw inUse(lost);
    },
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
async function touch(file: string, token: string, text: string): Promise<Holder | null> {
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

function inUse(holder: Holder | null): RunInUse {
  const where = holder === null ? '' : ` in process ${holder.pid} on ${holder.host}`;
  return new RunInUse(`This run is going on${where}.`);
}
