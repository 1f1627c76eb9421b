/**
 * Hands one signal's abort on to many. A signal with a listener per call makes Node warn of a leak from eleven on and
 * keeps every listener that is not removed; here the source has one listener however many calls there are.
 */
export interface AbortFan {
  /** Aborted already when the fan is. */
  open(): AbortController;
  close(controller: AbortController): void;
  /** Aborts every open controller and all that are opened later. */
  abort(reason: unknown): void;
  /** Lets go of the source signal. */
  dispose(): void;
  readonly signal: AbortSignal;
}

export function createAbortFan(source: AbortSignal): AbortFan {
  const own = new AbortController();
  const open = new Set<AbortController>();
  const abort = (reason: unknown): void => {
    if (own.signal.aborted) return;
    own.abort(reason);
    for (const controller of open) controller.abort(reason);
    open.clear();
  };
  const follow = (): void => abort(source.reason);
  source.addEventListener('abort', follow, { once: true });
  if (source.aborted) follow();
  return {
    open() {
      const controller = new AbortController();
      if (own.signal.aborted) controller.abort(own.signal.reason);
      else open.add(controller);
      return controller;
    },
    close: (controller) => void open.delete(controller),
    abort,
    dispose: () => source.removeEventListener('abort', follow),
    signal: own.signal,
  };
}
