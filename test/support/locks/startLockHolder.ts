import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export type LockKind = 'run' | 'import' | 'download';

const root = path.resolve(import.meta.dirname, '../../..');

/** Another process that holds a lock by now; or, with a journal, waits for a line to take it and die. The caller kills it. */
export async function startLockHolder(
  kind: LockKind,
  place: string,
  journal?: string,
): Promise<ChildProcess> {
  const loader = pathToFileURL(path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const script = path.join(import.meta.dirname, 'lockHolder.ts');
  const more = journal === undefined ? [] : [journal];
  const child = spawn(process.execPath, ['--import', loader, script, kind, place, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('close', () => reject(new Error('the holder ended at once')));
  });
  return child;
}

export const closed = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('close', resolve));

/** A lock whose process was killed. */
export async function leaveDeadLock(kind: LockKind, place: string): Promise<void> {
  const child = await startLockHolder(kind, place);
  const end = closed(child);
  child.kill('SIGKILL');
  await end;
}
