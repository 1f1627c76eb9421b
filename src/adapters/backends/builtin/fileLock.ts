import { readFile, rm, writeFile } from 'node:fs/promises';
import { BackendError } from '../../../core/domain/backendError.ts';
import { hasCode } from '../../node/hasCode.ts';
import { isProcess } from '../../node/isProcess.ts';

/** Runs `work` while no other process does the same. The lock of a process that died is taken over. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await take(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    if (isProcess(Number(await readFile(file, 'utf8').catch(() => '')))) break;
    await rm(file, { force: true });
  }
  throw new BackendError('rejected', 'Another window or terminal is downloading this already.', {
    hint: 'Wait until it has finished.',
  });
}
