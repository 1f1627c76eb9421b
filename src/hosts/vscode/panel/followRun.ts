import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import type { AbReport, Report } from '../../../core/domain/report.ts';
import type { RunEvent, RunState } from '../../../core/domain/runEvent.ts';
import type { PanelRun, PanelRunState } from '../../../protocol/panelRun.ts';
import type { PauseSwitch } from './pauseSwitch.ts';
import { RunProgress } from './runProgress.ts';

/** Often enough to look alive, seldom enough to leave the editor its time at any speed of results. */
const tellEveryMs = 100;

export interface FollowedRun {
  readonly plan: ExperimentPlan;
  /** What an earlier part of the same run found. */
  readonly before: AbReport | null;
  readonly events: AsyncIterable<RunEvent>;
  readonly pause: PauseSwitch;
  readonly signal: AbortSignal;
}

export interface RunEnd {
  readonly report: Report | null;
  readonly runId: string;
  readonly state: RunState | null;
}

/** Reads a run to its end and tells where it stands: at most every 100 ms, and once a second in any case. */
export async function followRun(run: FollowedRun, tell: (shown: PanelRun) => void): Promise<RunEnd> {
  const progress = new RunProgress(run.plan);
  if (run.before !== null) progress.seed(run.before);
  const startedMs = performance.now();
  const inFlight = new Set<string>();
  let toldMs = -Infinity;
  let end: RunEnd = { report: null, runId: '', state: null };
  const stateNow = (): PanelRunState => {
    if (run.signal.aborted) return 'stopping';
    if (!run.pause.isHeld) return progress.runId === '' ? 'starting' : 'running';
    return inFlight.size > 0 ? 'pausing' : 'paused';
  };
  const tellNow = (): void => {
    toldMs = performance.now();
    tell(progress.snapshot(stateNow(), toldMs - startedMs));
  };
  // The clock runs on, and a pause takes effect, between two results too.
  const ticking = setInterval(() => {
    if (performance.now() - toldMs >= tellEveryMs) tellNow();
  }, 250);
  tellNow();
  try {
    for await (const event of run.events) {
      if (event.type === 'cell-started') inFlight.add(event.cellId);
      if (event.type === 'cell-finished') inFlight.delete(event.cellId);
      if (event.type === 'report-built') end = { ...end, report: event.report };
      if (event.type === 'run-finished') end = { ...end, state: event.state };
      if (progress.apply(event) && performance.now() - toldMs >= tellEveryMs) tellNow();
    }
  } finally {
    clearInterval(ticking);
  }
  return { ...end, runId: progress.runId };
}
