import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const graceMs = 5_000;

function signalTree(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

/**
 * Ends a process and all it started. On POSIX the child must have been spawned with `detached: true`, so that it leads
 * a process group of its own.
 */
export async function stopProcessTree(child: ChildProcess): Promise<void> {
  const pid = child.pid;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalTree(pid, 'SIGTERM');
    const timer = setTimeout(() => {
      signalTree(pid, 'SIGKILL');
    }, graceMs);
    await ended;
    clearTimeout(timer);
  }
  // Whatever it left behind in its group.
  signalTree(pid, 'SIGKILL');
}

/** For an `exit` handler, where nothing can be awaited. */
export function killProcessTreeNow(child: ChildProcess): void {
  if (child.pid !== undefined) signalTree(child.pid, 'SIGKILL');
}
