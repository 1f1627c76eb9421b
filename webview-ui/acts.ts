import type { WebviewMessage } from '../src/protocol/webviewMessage.ts';
import type { PanelAction } from './state/reducePanel.ts';

/** What a view may do. */
export interface Acts {
  readonly send: (action: PanelAction) => void;
  readonly post: (message: WebviewMessage) => void;
  /** Moves the focus to the first match once the page shows what was sent. */
  readonly focus: (selector: string) => void;
}
