import { createInterface } from 'node:readline/promises';
import type { WriteStream } from 'node:tty';
import type { CommandContext, TextSink } from './commandContext.ts';
import { exitCodes } from './exitCodes.ts';

/** The real process. A reader that closes our stdout early (`promptly … | head`) is not an error. */
export function createProcessContext(): CommandContext {
  const cancel = new AbortController();
  process.on('SIGINT', () => {
    // A second Ctrl-C means: now.
    if (cancel.signal.aborted) process.exit(exitCodes.cancelled);
    cancel.abort();
  });
  process.on('SIGTERM', () => {
    cancel.abort();
  });
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    cwd: process.cwd(),
    environment: process.env,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    readStdin,
    confirm: interactive ? confirm : null,
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
        if (stream.write(text)) resolve();
        else stream.once('drain', resolve);
      }),
  };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function confirm(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
