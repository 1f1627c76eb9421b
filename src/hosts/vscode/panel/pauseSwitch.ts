/** Holds further calls of a run back until it is released; calls in flight come to their end. */
export class PauseSwitch {
  private held: { readonly promise: Promise<void>; readonly release: () => void } | undefined;

  get isHeld(): boolean {
    return this.held !== undefined;
  }

  /** undefined while calls may begin. */
  wait(): Promise<void> | undefined {
    return this.held?.promise;
  }

  hold(): void {
    if (this.held !== undefined) return;
    let release = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.held = { promise, release };
  }

  release(): void {
    this.held?.release();
    this.held = undefined;
  }
}
