import { BackendError } from '../../../core/domain/backendError.ts';
import type { BackendId } from '../../../core/domain/backendId.ts';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';
import type { BackendHealth, ModelBackend, ModelEvent, ModelInfo } from '../../../core/ports/modelBackend.ts';
import { createRedact } from '../redaction.ts';
import { ExecutorOutput } from './executorOutput.ts';
import { startExecutor, type ExecutorExit } from './executorProcess.ts';
import { findProgram } from './findProgram.ts';

export interface CommandBackendOptions {
  /** The key in `promptly.executors`; the backend's id is `custom:<name>`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Ends the program after this; 0 or less: only the engine's deadlines do. */
  readonly timeoutSeconds: number;
  /** Where relative paths in `command` and `args` start; default: the current folder. */
  readonly cwd?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A program of the user's as a backend: one JSON request on its stdin, the answer on its stdout. */
export function createCommandBackend(options: CommandBackendOptions): ModelBackend {
  return new CommandBackend(options);
}

class CommandBackend implements ModelBackend {
  readonly id: BackendId;
  /** A program that serves one model need not be told which. */
  readonly defaultModel: string;
  readonly #options: CommandBackendOptions;

  constructor(options: CommandBackendOptions) {
    this.#options = options;
    this.id = `custom:${options.name}`;
    this.defaultModel = options.name;
  }

  notApplied(): readonly NotApplied[] {
    return [];
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted();
    const { name, timeoutSeconds, environment } = this.#options;
    const redact = createRedact(secretsOf(environment), request);
    const output = new ExecutorOutput(name, redact);
    const decoder = new TextDecoder();
    const program = startExecutor(this.#options, JSON.stringify(toExecutorRequest(request)));
    const stop = () => void program.stop();
    const deadline = timeoutSeconds > 0 ? AbortSignal.timeout(timeoutSeconds * 1000) : null;
    signal.addEventListener('abort', stop, { once: true });
    deadline?.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of program.output) yield* output.read(decoder.decode(chunk, { stream: true }));
      const exit = await program.exit;
      signal.throwIfAborted();
      if (deadline?.aborted) throw timedOut(name, timeoutSeconds);
      refuseBadExit(exit, this.#options, redact(lastLines(program.errorTail())));
      yield* output.read(decoder.decode());
      yield* output.end();
      yield { type: 'finish', finishReason: 'stop', rawFinishReason: null, usage: output.usage };
    } finally {
      signal.removeEventListener('abort', stop);
      deadline?.removeEventListener('abort', stop);
      await program.stop();
    }
  }

  listModels(): Promise<readonly ModelInfo[]> {
    return Promise.resolve([{ id: this.defaultModel }]);
  }

  async checkHealth(): Promise<BackendHealth> {
    const { name, command, environment, cwd } = this.#options;
    const found = await findProgram(command, environment, cwd);
    return found === null
      ? {
          status: 'unavailable',
          detail: `The program "${command}" of the executor "${name}" was not found.`,
          hint: 'Check its command in promptly.executors.',
        }
      : { status: 'ready', detail: `Runs ${found}` };
  }
}

/** What the program reads; `responseFormat` only where one is asked for. */
function toExecutorRequest(request: ModelRequest) {
  const { messages, model, parameters, variables, responseFormat } = request;
  return {
    messages,
    model,
    parameters,
    vars: variables,
    ...(responseFormat.type === 'text' ? {} : { responseFormat }),
  };
}

function refuseBadExit(exit: ExecutorExit, { name, command }: CommandBackendOptions, stderr: string): void {
  if (exit.error) {
    const missing = exit.error.code === 'ENOENT';
    throw new BackendError(
      'executor-failed',
      `The executor "${name}" could not be started: ${startTrouble(exit.error, command)}.`,
      {
        hint: missing
          ? 'Check the command in promptly.executors; it is started without a shell.'
          : 'Name the program itself (such as node) and give its script as an argument; scripts like .cmd need a shell.',
      },
    );
  }
  if (exit.code === 0) return;
  const how =
    exit.code === null ? `was ended by ${exit.signal ?? 'a signal'}` : `exited with code ${exit.code}`;
  throw new BackendError(
    'executor-failed',
    `The executor "${name}" ${how}${stderr === '' ? '.' : `: ${stderr}`}`,
  );
}

function startTrouble(error: NodeJS.ErrnoException, command: string): string {
  switch (error.code) {
    case 'ENOENT':
      return `"${command}" was not found`;
    case 'EACCES':
      return `"${command}" may not be run`;
    default:
      return `"${command}" cannot be run (${error.code ?? 'unknown error'})`;
  }
}

function timedOut(name: string, seconds: number): BackendError {
  return new BackendError(
    'timed-out',
    `The executor "${name}" took longer than ${seconds} s and was stopped.`,
    {
      hint: `Raise timeoutSeconds of "${name}" in promptly.executors.`,
    },
  );
}

const lastLines = (text: string): string => text.trim().split(/\r?\n/).slice(-5).join(' · ');

/** Programs print their environment when they fail; keys in it are not repeated. */
function secretsOf(environment: Readonly<Record<string, string | undefined>>): (string | undefined)[] {
  return Object.entries(environment)
    .filter(([name]) => /KEY|TOKEN|SECRET|PASSWORD/i.test(name))
    .map(([, value]) => (value !== undefined && value.length >= 8 ? value : undefined));
}
