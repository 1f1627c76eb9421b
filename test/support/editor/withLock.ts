import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 250;
/** A lock folder without a process id this old was left by a process that died between two calls. */
const abandonedAfterMs = 10_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isAbandoned(lockFolder: string): Promise<boolean> {
  try {
    return !isAlive(Number(await readFile(path.join(lockFolder, 'pid'), 'utf8')));
  } catch {
    const age = await stat(lockFolder).then(
      (entry) => Date.now() - entry.mtimeMs,
      () => 0,
    );
    return age > abandonedAfterMs;
  }
}

async function tryTake(lockFolder: string): Promise<boolean> {
  try {
    await mkdir(lockFolder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(path.join(lockFolder, 'pid'), String(process.pid));
  return true;
}

/** Runs `work` while no other process of this machine runs one under the same lock folder. */
export async function withLock<Result>(lockFolder: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(path.dirname(lockFolder), { recursive: true });
  let told = false;
  while (!(await tryTake(lockFolder))) {
    if (await isAbandoned(lockFolder)) {
      await rm(lockFolder, { recursive: true, force: true });
      continue;
    }
    if (!told) console.log('Another process is fetching the same parts; waiting for it …');
    told = true;
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(lockFolder, { recursive: true, force: true });
  }
}
