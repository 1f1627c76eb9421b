import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { killProcessTree } from '../../node/killProcessTree.ts';

export interface ExecutorExit {
  /** null when a signal ended it, or when it never started. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started. */
  readonly error?: NodeJS.ErrnoException;
}

export interface ExecutorProcess {
  /** Ends when the program is gone, even if a grandchild of it still holds the pipe. */
  readonly output: AsyncIterable<Uint8Array>;
  readonly exit: Promise<ExecutorExit>;
  /** What it last wrote to stderr. */
  errorTail(): string;
  /** Ends it with its children, at once. */
  stop(): Promise<void>;
}

export interface ExecutorCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment: NodeJS.ProcessEnv;
}

const tailLength = 4096;
/** For what is still in the pipe when the program itself is gone. */
const drainMs = 500;

/** Starts a program without a shell, in a process group of its own so that it can be ended with its children. */
export function startExecutor(command: ExecutorCommand, input: string): ExecutorProcess {
  const child: ChildProcessWithoutNullStreams = spawn(command.command, [...command.args], {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env: command.environment,
    shell: false,
    windowsHide: true,
    detached: process.platform !== 'win32',
    stdio: 'pipe',
  });
  let tail = Buffer.alloc(0);
  child.stderr.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-tailLength);
  });
  child.stderr.on('error', () => undefined);
  child.stdout.on('error', () => undefined);
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  const exit = new Promise<ExecutorExit>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, signal: null, error });
      child.stdout.destroy();
    });
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
      // A grandchild that lives on may hold the pipe for ever.
      setTimeout(() => child.stdout.destroy(), drainMs).unref();
    });
  });
  child.stdin.end(input);
  return {
    output: withoutPrematureClose(child.stdout),
    exit,
    errorTail: () => tail.toString('utf8'),
    stop: async () => {
      child.stdout.destroy();
      child.stderr.destroy();
      child.stdin.destroy();
      await killProcessTree(child);
    },
  };
}

/** A pipe that we close ourselves is the end of the output, not an error of it. */
async function* withoutPrematureClose(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}
