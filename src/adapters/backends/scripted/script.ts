import { BackendError } from '../../../core/domain/backendError.ts';
import type { FailureCode } from '../../../core/domain/failure.ts';
import { failureCodes } from '../../../core/domain/failure.ts';
import type { JsonObject, JsonValue } from '../../../core/domain/json.ts';

/** What the scripted backend does; everything has a default. */
export interface Script {
  /** The answer, a template over the call's variables. Absent: an echo of the last message that says it is one. */
  readonly reply?: string;
  /** The first whose `when` occurs in the last message answers instead of `reply`. */
  readonly rules: readonly { readonly when: string; readonly reply: string }[];
  readonly firstDelayMs: number;
  readonly chunkDelayMs: number;
  /** UTF-16 code units; 0: word by word. */
  readonly chunkLength: number;
  readonly fail?: ScriptedFailure;
}

export interface ScriptedFailure {
  readonly code: FailureCode;
  /** Fail after this many chunks of text. */
  readonly afterChunks: number;
  /** The first so many calls of one request fail, later ones succeed; Infinity unless told. */
  readonly times: number;
  readonly retryAfterMs?: number;
}

/** Reads a script as it comes from `options.scripted` of a file or from the environment. Throws `BackendError`. */
export function readScript(value: JsonValue | undefined): Script {
  const script = objectAt(value ?? {}, 'scripted');
  const reply = script['reply'];
  const fail = script['fail'];
  return {
    ...(reply !== undefined && { reply: textAt(reply, 'scripted.reply') }),
    rules: listAt(script['rules'] ?? [], 'scripted.rules').map((item) => {
      const rule = objectAt(item, 'scripted.rules');
      return { when: textAt(rule['when'], 'when'), reply: textAt(rule['reply'], 'reply') };
    }),
    firstDelayMs: countAt(script['firstDelayMs'] ?? 0, 'scripted.firstDelayMs'),
    chunkDelayMs: countAt(script['chunkDelayMs'] ?? 0, 'scripted.chunkDelayMs'),
    chunkLength: countAt(script['chunkLength'] ?? 0, 'scripted.chunkLength'),
    ...(fail !== undefined && { fail: readFailure(fail) }),
  };
}

/** A script from an environment variable. Throws `BackendError`. */
export function parseScript(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw wrong('PROMPTLY_SCRIPTED', 'JSON');
  }
}

function readFailure(value: JsonValue): ScriptedFailure {
  const fail = typeof value === 'string' ? { code: value } : objectAt(value, 'scripted.fail');
  const code = failureCodes.find((known) => known === fail['code']);
  if (code === undefined) throw wrong('scripted.fail.code', `one of ${failureCodes.join(', ')}`);
  const { retryAfterMs, times } = fail;
  return {
    code,
    afterChunks: countAt(fail['afterChunks'] ?? 0, 'scripted.fail.afterChunks'),
    times: times === undefined ? Infinity : countAt(times, 'scripted.fail.times'),
    ...(retryAfterMs !== undefined && { retryAfterMs: countAt(retryAfterMs, 'scripted.fail.retryAfterMs') }),
  };
}

const wrong = (what: string, expected: string): BackendError =>
  new BackendError('rejected', `The script's \`${what}\` must be ${expected}.`, {
    hint: 'Mend the script of the scripted backend.',
  });

function objectAt(value: JsonValue, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(what, 'a map');
  return value;
}

function listAt(value: JsonValue, what: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw wrong(what, 'a list');
  return value;
}

function textAt(value: JsonValue | undefined, what: string): string {
  if (typeof value !== 'string') throw wrong(what, 'text');
  return value;
}

function countAt(value: JsonValue, what: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw wrong(what, 'a number of 0 or more');
  return value;
}
