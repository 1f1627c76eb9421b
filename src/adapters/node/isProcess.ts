import { hasCode } from './hasCode.ts';

/** Whether a process of this machine has that number. */
export function isProcess(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return hasCode(error, 'EPERM');
  }
}
