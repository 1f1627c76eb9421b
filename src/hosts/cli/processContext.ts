import { addAbortSignal } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import type { WriteStream } from 'node:tty';
import type { CommandContext, TextSink } from './commandContext.ts';
import { exitCodes } from './exitCodes.ts';

/** For a command to end by itself after its reader has left. */
const graceMs = 500;

/** The real process. A reader that closes our stdout early (`promptly … | head`) is not an error. */
export function createProcessContext(): CommandContext {
  const cancel = new AbortController();
  process.on('SIGINT', () => {
    // A second Ctrl-C means: now.
    if (cancel.signal.aborted) process.exit(exitCodes.cancelled);
    cancel.abort();
  });
  // Also when the terminal is closed: what was started here must not live on alone.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancel.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      // A result that was being written has an exit code of its own to come; an answer that streams is left.
      setTimeout(() => process.exit(), graceMs);
      return;
    }
    process.stderr.write(`promptly: the output could not be written: ${error.message}\n`);
    process.exit(exitCodes.usage);
  });
  // Nobody reads the progress any more, or there is no room for it: the work itself goes on.
  process.stderr.on('error', () => undefined);
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    cwd: process.cwd(),
    environment: process.env,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    readStdin: () => readStdin(cancel.signal),
    confirm: interactive ? (question) => confirm(question, cancel) : null,
    signal: cancel.signal,
  };
}

function sink(stream: WriteStream): TextSink {
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) =>
      new Promise((resolve) => {
        // Called also for a stream that has broken and will never drain.
        if (stream.write(text, () => resolve())) resolve();
      }),
  };
}

/** Rejects when the signal aborts: whoever types the input may think better of it. */
async function readStdin(signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, process.stdin)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Ctrl-C at the question cancels the command, the end of the input is a no. */
async function confirm(question: string, cancel: AbortController): Promise<boolean> {
  const { signal } = cancel;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  prompt.once('SIGINT', () => cancel.abort());
  const ended = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  const asked = prompt.question(`${question} [y/N] `, { signal }).catch(() => '');
  try {
    const answer = await Promise.race([asked, ended]);
    signal.throwIfAborted();
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
