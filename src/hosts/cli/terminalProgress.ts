import type { TextSink } from './commandContext.ts';

export interface ProgressState {
  readonly done: number;
  /** null while the data is still being read. */
  readonly total: number | null;
  readonly failed: number;
  /** A few words more, e.g. the live verdict. */
  readonly note?: string;
}

const redrawMs = 100;
/** Between two lines where nothing redraws itself. */
const plainLineMs = 5000;
const barWidth = 24;

/** Progress on stderr: one line that redraws itself on a terminal, a plain line now and then elsewhere. */
export class TerminalProgress {
  private lastDrawnMs = Number.NEGATIVE_INFINITY;
  private shown = false;
  private lastText = '';
  private readonly sink: TextSink;
  private readonly nowMs: () => number;

  constructor(sink: TextSink, nowMs: () => number = () => performance.now()) {
    this.sink = sink;
    this.nowMs = nowMs;
  }

  async update(state: ProgressState): Promise<void> {
    const interval = this.sink.isTerminal ? redrawMs : plainLineMs;
    const finished = state.total !== null && state.done >= state.total;
    if (!finished && this.nowMs() - this.lastDrawnMs < interval) return;
    const columns = this.sink.isTerminal ? this.sink.columns - 1 : Number.POSITIVE_INFINITY;
    const text = renderProgress(state, columns);
    if (text === this.lastText) return;
    this.lastText = text;
    this.lastDrawnMs = this.nowMs();
    this.shown = true;
    await this.sink.write(this.sink.isTerminal ? `\r\x1b[2K${text}` : `${text}\n`);
  }

  /** Leaves a terminal's line empty for what comes next. */
  async clear(): Promise<void> {
    if (this.shown && this.sink.isTerminal) await this.sink.write('\r\x1b[2K');
    this.shown = false;
    this.lastText = '';
  }
}

export function renderProgress(state: ProgressState, columns: number): string {
  const { done, total, failed, note } = state;
  const filled = total === null || total === 0 ? 0 : Math.round((Math.min(done, total) / total) * barWidth);
  const bar = total === null ? '' : `[${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}] `;
  const parts = [
    `${bar}${done}${total === null ? '' : `/${total}`}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(note === undefined ? [] : [note]),
  ];
  const text = parts.join('  ');
  return text.length > columns ? text.slice(0, Math.max(0, columns)) : text;
}
