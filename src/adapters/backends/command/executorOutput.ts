import { BackendError } from '../../../core/domain/backendError.ts';
import type { Usage } from '../../../core/domain/chat.ts';
import { unknownUsage } from '../../../core/domain/chat.ts';
import { failureCodes, type FailureCode } from '../../../core/domain/failure.ts';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';
import type { Redact } from '../redaction.ts';

type Line = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const longestLine = 16 * 1024 * 1024;
/** Codes that are ours alone to give. */
const notForPrograms: ReadonlySet<string> = new Set([
  'cancelled',
  'not-recorded',
  'untrusted',
  'over-budget',
  'internal',
]);

/**
 * Reads what an executor writes: plain text, or JSON Lines. It is JSON Lines when the first line is an object with
 * `delta`, `usage` or `error` of the right type; anything else is the output itself, passed on as it comes.
 */
export class ExecutorOutput {
  usage: Usage = unknownUsage;
  #mode: 'undecided' | 'text' | 'lines' = 'undecided';
  #rest = '';
  #lineNumber = 0;
  readonly #name: string;
  readonly #redact: Redact;

  constructor(name: string, redact: Redact) {
    this.#name = name;
    this.#redact = redact;
  }

  *read(text: string): Generator<ModelEvent> {
    this.#rest += text;
    if (this.#mode === 'undecided') this.#decide(false);
    if (this.#mode === 'text') yield* this.#flushText();
    if (this.#mode !== 'lines') return;
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) throw this.#broken('has no end');
    for (const line of lines) yield* this.#line(line);
  }

  /** After the last piece. */
  *end(): Generator<ModelEvent> {
    if (this.#mode === 'undecided') this.#decide(true);
    if (this.#mode === 'lines') yield* this.#line(this.#rest);
    else yield* this.#flushText();
    this.#rest = '';
  }

  #decide(ended: boolean): void {
    const start = this.#rest.trimStart();
    if (start === '' && !ended) return;
    const lineEnd = start.indexOf('\n');
    if (start.startsWith('{') && lineEnd === -1 && !ended && start.length <= longestLine) return;
    const first = parse(lineEnd === -1 ? start : start.slice(0, lineEnd));
    this.#mode = isProtocolLine(first) ? 'lines' : 'text';
  }

  *#flushText(): Generator<ModelEvent> {
    if (this.#rest !== '') yield { type: 'text-delta', text: this.#rest };
    this.#rest = '';
  }

  *#line(line: string): Generator<ModelEvent> {
    this.#lineNumber += 1;
    if (line.trim() === '') return;
    const value = parse(line);
    if (!isRecord(value)) throw this.#broken('is not a JSON object');
    if ('error' in value) throw this.#reported(value['error']);
    if (isRecord(value['usage'])) this.usage = toUsage(value['usage']);
    const delta = value['delta'];
    if (delta === undefined) return;
    if (typeof delta !== 'string') throw this.#broken('has a `delta` that is not text');
    if (delta !== '') yield { type: 'text-delta', text: delta };
  }

  #broken(what: string): BackendError {
    return new BackendError(
      'bad-response',
      `Line ${this.#lineNumber} from the executor "${this.#name}" ${what}.`,
      {
        hint: 'After a first line of JSON every line must be {"delta": "…"}, {"usage": {…}} or {"error": {…}}.',
        retryable: false,
      },
    );
  }

  #reported(error: unknown): BackendError {
    const { code, message } = isRecord(error) ? error : { code: undefined, message: error };
    const text = typeof message === 'string' ? this.#redact(message) : '';
    const words = `The executor "${this.#name}" reported ${text === '' ? 'an error.' : `an error: ${text}`}`;
    return new BackendError(isOurCode(code) ? code : 'executor-failed', words);
  }
}

function isOurCode(code: unknown): code is FailureCode {
  return (
    typeof code === 'string' &&
    (failureCodes as readonly string[]).includes(code) &&
    !notForPrograms.has(code)
  );
}

function isProtocolLine(value: unknown): boolean {
  return (
    isRecord(value) &&
    (typeof value['delta'] === 'string' || isRecord(value['usage']) || isRecord(value['error']))
  );
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function toUsage(usage: Line): Usage {
  const count = (name: string): number | null => {
    const value = usage[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
  };
  return {
    inputTokens: count('inputTokens'),
    outputTokens: count('outputTokens'),
    cachedInputTokens: count('cachedInputTokens'),
  };
}
