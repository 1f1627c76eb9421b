/**
 * Lets so many calls at once through to a server. A backend prepares its call first and enters with nothing left to do
 * but to send it: where many calls follow one another, the server gets the next one the moment it has answered one.
 */
export interface SendGate {
  /** Calls `send` once, as soon as there is room, at once if there is; never after `signal` has aborted. */
  enter(signal: AbortSignal, send: () => void): void;
  /** The server has sent all of a good answer: the next call may go out, although this answer is still being read. */
  leave(): void;
}
