import type { BackendId } from '../domain/backendId.ts';
import type { ModelRequest } from '../domain/chat.ts';
import type { Failure } from '../domain/failure.ts';
import type { ModelEvent } from '../ports/modelBackend.ts';
import type { SendGate } from '../ports/sendGate.ts';

/** What the decorators add to a model's own events: every attempt and every wait can be seen. */
export type AttemptEvent =
  /** The request is on its way; all that came before was preparation and waiting. */
  | { readonly type: 'sent' }
  | { readonly type: 'attempt-started'; readonly attempt: number }
  | {
      readonly type: 'attempt-failed';
      readonly attempt: number;
      readonly failure: Failure;
      /** null: there is no further attempt. */
      readonly retryInMs: number | null;
    }
  /** The answer comes from the cache; how long the recorded call took. */
  | { readonly type: 'cache-hit'; readonly totalMs: number; readonly firstTextMs: number | null };

export type EngineEvent = ModelEvent | AttemptEvent;

/** A backend as the engine's decorators see it; every `ModelBackend` is one. */
export interface EngineBackend {
  readonly id: BackendId;
  stream(request: ModelRequest, signal: AbortSignal, gate?: SendGate): AsyncIterable<EngineEvent>;
}
