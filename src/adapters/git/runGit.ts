import { execFile } from 'node:child_process';
import { RevisionError } from '../../core/ports/revisions.ts';
import { findProgram } from '../backends/command/findProgram.ts';

export interface GitResult {
  /** Exit code. */
  readonly status: number;
  readonly output: Buffer;
}

export type Git = (args: readonly string[]) => Promise<GitResult>;

const maxOutputBytes = 64 * 1024 * 1024;
const timeoutMs = 30_000;

/**
 * Runs git in a folder, without a shell and without asking anybody anything. Its absolute path is looked up first: some
 * systems would take a `git` that lies in the folder itself.
 */
export async function createGit(folder: string, environment: NodeJS.ProcessEnv): Promise<Git> {
  const program = await findProgram('git', environment, undefined);
  if (program === null) {
    throw new RevisionError('no-git', 'git was not found, and earlier versions are read through it.');
  }
  // A hook's or an editor's own GIT_DIR would point at another repository.
  const inherited = Object.entries(environment).filter(([name]) => !/^GIT_/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
  const options = {
    cwd: folder,
    env,
    encoding: 'buffer',
    maxBuffer: maxOutputBytes,
    timeout: timeoutMs,
    windowsHide: true,
  } as const;
  return (args) =>
    new Promise((resolve, reject) => {
      execFile(program, ['-c', 'core.fsmonitor=false', ...args], options, (error, stdout) => {
        if (error === null) resolve({ status: 0, output: stdout });
        else if (typeof error.code === 'number') resolve({ status: error.code, output: stdout });
        else reject(new RevisionError('other', 'git could not be run.', { cause: error }));
      });
    });
}
