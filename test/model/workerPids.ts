import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The worker processes that this process has started, from the system's own list. */
export async function workerPids(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === process.pid && found?.[3]?.includes('builtinWorker'))
    .map((found) => Number(found?.[1]));
}
