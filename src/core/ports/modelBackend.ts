import type { BackendId } from '../domain/backendId.ts';
import type { FinishReason, ModelRequest, Usage } from '../domain/chat.ts';
import type { NotApplied } from '../domain/runEvent.ts';
import type { SendGate } from './sendGate.ts';

/** What a model's answer is made of, in the order it arrives. A complete answer ends with exactly one `finish`. */
export type ModelEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  /** A reasoning model's thoughts: shown apart, never part of the output. */
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** Something worth a line while waiting: "loading the model". */
  | { readonly type: 'notice'; readonly message: string }
  | {
      readonly type: 'finish';
      readonly finishReason: FinishReason;
      /** The backend's own word for it. */
      readonly rawFinishReason: string | null;
      readonly usage: Usage;
      /** What exactly answered (digest, dated id), where known. */
      readonly modelVersion?: string;
      readonly loadMs?: number;
    };

export interface ModelInfo {
  readonly id: string;
  /** A name for people, when it differs. */
  readonly label?: string;
  readonly sizeBytes?: number;
  readonly contextTokens?: number;
}

export type BackendHealth =
  | { readonly status: 'ready'; readonly detail: string }
  /** Would work after the user agrees to something (a download, a consent dialog). */
  | { readonly status: 'needs-setup'; readonly detail: string; readonly hint: string }
  | { readonly status: 'unavailable'; readonly detail: string; readonly hint: string };

/**
 * A service that answers chat messages. One streaming method; a service that cannot stream yields one delta.
 *
 * Errors: `stream`, `listModels` throw `BackendError`; when `signal` aborts, they stop at once, close their connection
 * and throw (what they throw then does not matter: the engine asks the signal). A stream that ends without `finish` is
 * a broken answer. Backends never retry and set no deadline of their own: the engine's decorators do.
 */
export interface ModelBackend {
  readonly id: BackendId;
  /** The model used when neither the file nor the user names one; null when there is none to name. */
  readonly defaultModel: string | null;
  stream(request: ModelRequest, signal: AbortSignal, gate?: SendGate): AsyncIterable<ModelEvent>;
  /** `stream` enters the gate it is given, just before it sends. For other backends it has been entered already. */
  readonly entersGate?: true;
  /** What of `request` this model does not take, told before the call. */
  notApplied(request: ModelRequest): readonly NotApplied[];
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** Answers within two seconds, never throws, starts nothing and downloads nothing. */
  checkHealth(signal: AbortSignal): Promise<BackendHealth>;
  /** Fetches what `model` needs. Called only after the user agreed. Absent where nothing can be fetched. */
  install?(
    model: string,
    onProgress: (progress: InstallProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Frees processes and connections. */
  dispose?(): Promise<void>;
}

export interface InstallProgress {
  readonly message: string;
  /** 0..1; null when the total is unknown. */
  readonly fraction: number | null;
}
