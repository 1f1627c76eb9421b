import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hasCode } from './hasCode.ts';
import { writeAtomically } from './writeAtomically.ts';

/** How the many small files of a cache are read and written. Errors are those of `node:fs`. */
export interface SmallFiles {
  /** null: there is no such file. */
  read(file: string): Promise<string | null>;
  /** The file is there whole or not at all. Its folder must exist. */
  write(file: string, text: string): Promise<void>;
}

/** For a thread that has to answer meanwhile, as the editor's. */
export const waitingFiles: SmallFiles = {
  read: (file) => readFile(file, 'utf8').catch(nullIfMissing),
  write: writeAtomically,
};

/**
 * For a process that does nothing else. Waking threads for each of four small steps costs many times what the steps
 * themselves do, and a test of thousands of cases consists of them.
 */
export const blockingFiles: SmallFiles = {
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws must be a rejection
  async read(file) {
    try {
      // Most are not there in a first run, and an error costs more than all the rest.
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    } catch (error) {
      return nullIfMissing(error);
    }
  },
  async write(file, text) {
    // What is ready in this turn of the event loop goes first: the request of the next call.
    await new Promise((resolve) => setImmediate(resolve));
    const temporary = `${file}.${process.pid}-${randomUUID()}.tmp`;
    try {
      writeFileSync(temporary, text, { flag: 'wx' });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  },
};

function nullIfMissing(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}
