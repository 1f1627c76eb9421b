import type { BackendId } from '../domain/backendId.ts';

/** Where API keys come from: the editor's secret storage or the environment. */
export interface SecretReader {
  /** undefined when there is no key. The value goes to the backend's client and nowhere else. */
  readKey(backend: BackendId): Promise<string | undefined>;
}
