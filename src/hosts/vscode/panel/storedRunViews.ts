import type * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import type { AbTestPanel } from './abTestPanel.ts';
import { isRunningNow } from './isRunningNow.ts';
import { readRunFolderName } from './runFolderName.ts';
import { readStoredRun } from './readStoredRun.ts';

const lookEveryMs = 2_000;
/** Reading a long run again takes a while, and moves what somebody reads. */
const readEveryMs = 10_000;
/** Times as long as the reading took. */
const restAfterReading = 50;

interface ViewParts {
  readonly engine: EngineHolder;
  /** Loads the run anew, which this window may be at by then. */
  readonly again: (panel: AbTestPanel, uri: vscode.Uri) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** What a panel was last asked to show; the timer runs while another process is at that run. */
interface View {
  readonly uri: vscode.Uri;
  timer?: NodeJS.Timeout;
}

/** Shows stored runs; of one that another process is at, how far it is now and then, and its report at the end. */
export class StoredRunViews {
  private readonly parts: ViewParts;
  private readonly views = new Map<AbTestPanel, View>();

  constructor(parts: ViewParts) {
    this.parts = parts;
  }

  async show(panel: AbTestPanel, uri: vscode.Uri): Promise<void> {
    this.leave(panel);
    const view: View = { uri };
    this.views.set(panel, view);
    const { source: before } = panel;
    const startedMs = performance.now();
    const { read, isRunning } = await readStoredRun(this.parts.engine, uri);
    const nowMs = performance.now();
    // Meanwhile the panel was asked for something else, or shows it.
    if (this.views.get(panel) !== view || panel.source !== before) return;
    if (read.status === 'problem') {
      this.leave(panel);
      panel.show({ type: 'problem-shown', message: read.message, hint: read.hint });
      return;
    }
    const folder = uri.path.split('/').at(-2) ?? '';
    panel.showReport(uri.toString(), read.report, readRunFolderName(folder).name, isRunning);
    if (!isRunning) this.leave(panel);
    else this.lookLater(panel, view, nowMs + Math.max(readEveryMs, restAfterReading * (nowMs - startedMs)));
  }

  /** The panel is to show something else. */
  leave(panel: AbTestPanel): void {
    clearTimeout(this.views.get(panel)?.timer);
    this.views.delete(panel);
  }

  dispose(): void {
    for (const { timer } of this.views.values()) clearTimeout(timer);
    this.views.clear();
  }

  private lookLater(panel: AbTestPanel, view: View, dueMs: number): void {
    view.timer = setTimeout(() => void this.look(panel, view, dueMs).catch(this.parts.onBug), lookEveryMs);
  }

  private async look(panel: AbTestPanel, view: View, dueMs: number): Promise<void> {
    if (panel.isClosed || panel.source !== view.uri.toString()) {
      this.leave(panel);
      return;
    }
    const isDue = performance.now() >= dueMs && panel.isVisible;
    const isTime = isDue || !(await isRunningNow(this.parts.engine, view.uri));
    if (this.views.get(panel) !== view) return;
    if (isTime) await this.parts.again(panel, view.uri);
    else this.lookLater(panel, view, dueMs);
  }
}
