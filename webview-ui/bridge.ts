import { isHostMessage, type HostMessage } from '../src/protocol/hostMessage.ts';
import type { WebviewMessage } from '../src/protocol/webviewMessage.ts';
import type { KeptState } from './state/keptState.ts';

interface EditorApi {
  postMessage(message: WebviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => EditorApi;

export interface Bridge {
  readonly post: (message: WebviewMessage) => void;
  readonly keep: (state: KeptState | null) => void;
  /** Not checked yet. */
  readonly kept: unknown;
}

/** The one place that talks to the extension. The editor's handle stays in here: it may be taken only once. */
export function openBridge(onMessage: (message: HostMessage) => void): Bridge {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isHostMessage(event.data)) onMessage(event.data);
  });
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    kept: api.getState(),
  };
}
