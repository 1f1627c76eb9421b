import type { SetupEdit } from '../src/protocol/setup.ts';
import type { WebviewMessage } from '../src/protocol/webviewMessage.ts';
import { joinEdits, type SetupAct } from './state/reduceSetup.ts';

/** Long enough for a word to become one step to undo, short enough to see the estimate move. */
const typingPauseMs = 250;

export interface EditPosting {
  /** Remembers an edit and sends it when the user pauses. */
  readonly add: (act: SetupAct) => void;
  /** Sends a message after all edits made before it. */
  readonly post: (message: WebviewMessage) => void;
}

/** Edits of the form on their way to the host: what is typed in one go arrives as one. */
export function createEditPosting(post: (message: WebviewMessage) => void): EditPosting {
  let waiting: SetupEdit[] = [];
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (waiting.length === 0) return;
    const edits = joinEdits(waiting);
    waiting = [];
    post({ type: 'setup-edited', serial: last, edits });
  };
  // A page that is hidden may be destroyed at any moment.
  document.addEventListener('visibilitychange', flush);
  window.addEventListener('pagehide', flush);
  window.addEventListener('blur', flush);
  return {
    add: (act) => {
      if (act.type !== 'edited') return;
      waiting.push(...act.edits);
      last = act.serial;
      clearTimeout(timer);
      timer = setTimeout(flush, typingPauseMs);
    },
    post: (message) => {
      flush();
      post(message);
    },
  };
}
