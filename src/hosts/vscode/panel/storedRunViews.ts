import type * as vscode from 'vscode';
import type { HostMessage } from '../../../protocol/hostMessage.ts';
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

type Notice = Extract<HostMessage, { type: 'problem-shown' }>;

/** What a panel was last asked to show; the timer runs while another process is at that run. */
interface View {
  readonly uri: vscode.Uri;
  /** On show instead of the run, which has nothing to show yet. */
  notice: Notice | undefined;
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
    const notice = this.noticeOf(panel, uri);
    this.leave(panel);
    const view: View = { uri, notice };
    this.views.set(panel, view);
    const { source: before } = panel;
    const startedMs = performance.now();
    const { read, isRunning } = await readStoredRun(this.parts.engine, uri);
    const nowMs = performance.now();
    const restMs = restAfterReading * (nowMs - startedMs);
    // Meanwhile the panel was asked for something else, or shows it.
    if (this.views.get(panel) !== view || panel.source !== before) return;
    if (notice !== undefined && panel.shown !== notice) {
      this.leave(panel);
      return;
    }
    if (read.status === 'problem') {
      const message: Notice = { type: 'problem-shown', message: read.message, hint: read.hint };
      // The same words again would be read out again.
      if (notice?.message !== message.message) panel.show((view.notice = message));
    } else {
      view.notice = undefined;
      const folder = uri.path.split('/').at(-2) ?? '';
      panel.showReport(uri.toString(), read.report, readRunFolderName(folder).name, isRunning);
    }
    if (!isRunning) this.leave(panel);
    else this.lookLater(panel, view, nowMs + Math.max(view.notice === undefined ? readEveryMs : 0, restMs));
  }

  /** The panel that waits for this run to have something to show. */
  waitingFor(uri: vscode.Uri): AbTestPanel | undefined {
    return [...this.views.keys()].find((panel) => this.noticeOf(panel, uri) !== undefined);
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

  private noticeOf(panel: AbTestPanel, uri: vscode.Uri): Notice | undefined {
    const view = this.views.get(panel);
    const isOnShow = view?.uri.toString() === uri.toString() && panel.shown === view.notice;
    return isOnShow && !panel.isClosed ? view.notice : undefined;
  }

  private lookLater(panel: AbTestPanel, view: View, dueMs: number): void {
    view.timer = setTimeout(() => void this.look(panel, view, dueMs).catch(this.parts.onBug), lookEveryMs);
  }

  private async look(panel: AbTestPanel, view: View, dueMs: number): Promise<void> {
    const isOnShow =
      view.notice === undefined ? panel.source === view.uri.toString() : panel.shown === view.notice;
    if (panel.isClosed || !isOnShow) {
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
