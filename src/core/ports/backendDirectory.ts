import type { BackendId } from '../domain/backendId.ts';
import type { ModelBackend } from './modelBackend.ts';

/** The backends this host has, loaded on first use. */
export interface BackendDirectory {
  /** Every backend that could be opened, configured executors included. */
  list(): readonly BackendDescription[];
  /** Loads the client and returns the backend. Throws `BackendError` for an id that is not listed. */
  open(id: BackendId): Promise<ModelBackend>;
}

export interface BackendDescription {
  readonly id: BackendId;
  /** As people write it: "Ollama", "Claude". */
  readonly label: string;
  /** Runs on this machine: a refused connection means "not running", not "unreachable". */
  readonly local: boolean;
  /** Which server or program answers; tells recorded answers apart and is never shown. */
  readonly address?: string;
}
