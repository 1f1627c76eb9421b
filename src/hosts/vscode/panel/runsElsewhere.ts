import type { AbTestPanel } from './abTestPanel.ts';

const lookEveryMs = 2_000;
/** Reading a long run again takes a while, and moves what somebody reads. */
const readEveryMs = 10_000;
const readPause = 50;

export interface RunElsewhere {
  /** What the panel shows while it shows this run. */
  readonly source: string;
  /** How long reading it took. */
  readonly tookMs: number;
  readonly isRunning: () => Promise<boolean>;
  /** Reads and shows it again. */
  readonly again: () => Promise<void>;
}

/** Looks after the panels that show a run of another process: how far it is now and then, and its report at the end. */
export class RunsElsewhere {
  private readonly timers = new Map<AbTestPanel, NodeJS.Timeout>();
  private readonly onBug: (error: unknown) => void;

  constructor(onBug: (error: unknown) => void) {
    this.onBug = onBug;
  }

  /** Until the panel shows something else. */
  follow(panel: AbTestPanel, run: RunElsewhere): void {
    this.leave(panel);
    this.lookLater(panel, run, performance.now() + Math.max(readEveryMs, readPause * run.tookMs));
  }

  leave(panel: AbTestPanel): void {
    clearTimeout(this.timers.get(panel));
    this.timers.delete(panel);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private lookLater(panel: AbTestPanel, run: RunElsewhere, dueMs: number): void {
    const look = async (): Promise<void> => {
      this.timers.delete(panel);
      if (panel.isClosed || panel.source !== run.source) return;
      const isDue = performance.now() >= dueMs && panel.isVisible;
      if (isDue || !(await run.isRunning())) await run.again();
      else this.lookLater(panel, run, dueMs);
    };
    const timer = setTimeout(() => void look().catch(this.onBug), lookEveryMs);
    this.timers.set(panel, timer);
  }
}
