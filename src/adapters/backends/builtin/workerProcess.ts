import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { Log } from '../../../core/ports/log.ts';
import { describeDeath } from './describeDeath.ts';
import { readFromWorker, type FromWorker, type ToWorker } from './workerMessages.ts';

export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly alive: boolean;
  send(message: ToWorker): void;
  /** Messages about one request, from now on. Rejects the reader when the process ends. */
  listen(
    id: number,
    onMessage: (message: FromWorker) => void,
    onDeath: (error: BackendError) => void,
  ): () => void;
  kill(): Promise<void>;
  /** While a request runs, the host waits for it; at rest, the worker does not keep the host's process alive. */
  keepHost(): void;
  letHostEnd(): void;
}

interface Listener {
  readonly onMessage: (message: FromWorker) => void;
  readonly onDeath: (error: BackendError) => void;
}

/**
 * Starts the worker with this very program as Node: plain Node, or the editor's Electron told to behave like Node.
 * A crash of the native library ends that process and nothing else.
 */
export function startWorkerProcess(workerPath: string, log: Log): WorkerProcess {
  const child = fork(workerPath, [], {
    env: workerEnvironment(process.env),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const listeners = new Map<number, Listener>();
  let death: BackendError | null = null;
  let isKilled = false;
  const ended = new Promise<void>((resolve) => {
    const die = (error: BackendError) => {
      if (death) return;
      death = error;
      // Ended by us, as after some minutes without use, it is no news.
      if (isKilled) log.debug('The process of the embedded model was ended.');
      else log.warn(error.message);
      for (const listener of [...listeners.values()]) listener.onDeath(error);
      resolve();
    };
    child.once('error', (cause) => die(startFailure(cause)));
    // Not 'exit': that may come before the last messages have been read.
    child.once('close', (code, signal) => die(describeDeath(code, signal)));
  });
  child.on('message', (value) => {
    const message = readFromWorker(value);
    if (message) listeners.get(message.id)?.onMessage(message);
    else log.warn('The embedded model sent a message that is not understood; it was ignored.');
  });
  forwardStderr(child, log);
  return {
    pid: child.pid,
    get alive() {
      return death === null && child.connected;
    },
    send(message) {
      // A failed send means that the process is gone; `close` says so to everybody who waits.
      child.send(message, () => undefined);
    },
    listen(id, onMessage, onDeath) {
      listeners.set(id, { onMessage, onDeath });
      if (death) onDeath(death);
      return () => listeners.delete(id);
    },
    async kill() {
      isKilled = true;
      child.kill('SIGKILL');
      await ended;
    },
    keepHost() {
      child.ref();
      child.channel?.ref();
    },
    letHostEnd() {
      child.unref();
      child.channel?.unref();
      if (child.stderr instanceof Socket) child.stderr.unref();
    },
  };
}

function startFailure(cause: Error): BackendError {
  return new BackendError('internal', 'The process of the embedded model could not be started.', { cause });
}

/** The llama library reports on stderr; it knows file names and memory, no prompt text. */
function forwardStderr(child: ChildProcess, log: Log): void {
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => log.debug(`embedded model: ${text.trimEnd()}`));
}

/** The worker needs the system's variables (libraries, home, temporary folder), never keys or the editor's own. */
export function workerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unwanted = /^(NODE_OPTIONS|NODE_CHANNEL_.*|VSCODE_.*|ELECTRON_.*)$|(_KEY|_TOKEN|SECRET|PASSWORD)/i;
  const kept = Object.entries(environment).filter(([name]) => !unwanted.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
