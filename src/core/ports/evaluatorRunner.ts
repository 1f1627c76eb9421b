import type { JsonObject, JsonValue } from '../domain/json.ts';

/** What a custom evaluator's default export is called with. */
export interface ScriptInput {
  readonly output: string;
  /** null when the case has no reference answer. */
  readonly expected: string | null;
  readonly vars: Readonly<Record<string, JsonValue>>;
  readonly metadata: JsonObject;
}

export interface ScriptRequest {
  /** As the prompt file writes it, relative to it: `./my-evaluator.mjs`. */
  readonly script: string;
  /** The prompt file, absolute. */
  readonly promptPath: string;
  /** The script must lie in here, symbolic links resolved. Absolute. */
  readonly workspaceFolder: string;
  readonly input: ScriptInput;
  readonly timeoutMs: number;
}

export type ScriptResult =
  /** Whatever the function returned, promises awaited; not checked. */
  | { readonly status: 'returned'; readonly value: unknown }
  | { readonly status: 'untrusted' | 'failed' | 'timed-out'; readonly reason: string };

/** Runs a user's evaluator in a process of its own. */
export interface EvaluatorRunner {
  /** Never throws but for an aborted `signal`; the process and its children are gone when this returns. */
  run(request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult>;
}
