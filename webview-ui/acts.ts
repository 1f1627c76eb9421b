import type { WebviewMessage } from '../src/protocol/webviewMessage.ts';
import type { PanelState } from './state/panelState.ts';
import type { PanelAction } from './state/reducePanel.ts';

/** What a view may do. */
export interface Acts {
  /** As it is at this moment: what a view was drawn from is up to a frame old, and keys may come faster. */
  readonly now: () => PanelState;
  readonly send: (action: PanelAction) => void;
  readonly post: (message: WebviewMessage) => void;
  /** Moves the focus to the first match once the page shows what was sent. */
  readonly focus: (selector: string) => void;
}
