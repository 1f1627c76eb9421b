import type { Comparison } from '../../domain/comparison.ts';
import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { cellIdOf, cellsOfCase, parseCellId } from '../../domain/experimentCell.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { Failure } from '../../domain/failure.ts';
import type { RunEvent, RunState } from '../../domain/runEvent.ts';
import { executeCells } from '../../engine/executeCells.ts';
import { RunStopped } from '../../engine/runStopped.ts';
import type { World } from '../pipeline.ts';
import { BudgetGuard } from './budgetGuard.ts';
import { buildExperimentReport } from './buildExperimentReport.ts';
import { ExperimentAnalysis } from './experimentAnalysis.ts';
import type { ExperimentContext } from './experimentContext.ts';
import type { PauseGate } from './experimentRequests.ts';
import { judgeCallsPerCell } from './judgeCalls.ts';
import type { ExperimentJournal } from './experimentJournal.ts';
import { orderOf } from './plannedUnits.ts';
import { CellRunner } from './runCell.ts';

/** More workers than any backend takes would only wait at its limiter. */
const workersWithoutLimit = 16;
/** A concurrency of a million is a slip of the pen; that many workers would take longer to start than to work. */
const mostWorkers = 2_000;
/** Progress is for people: no more often than this, and no more than a small part of the time goes into it. */
const progressEveryMs = 250;
/** After the first calls have gone out, and before most models answer. */
const prepareAfterMs = 20;
const progressPause = 25;

export interface RunParts {
  readonly context: ExperimentContext;
  readonly journal: ExperimentJournal;
  readonly runId: string;
  /** What an earlier run has had answered and scored: written down here too, so that this run's folder stands alone. */
  readonly before: readonly RunEvent[];
  readonly pause: PauseGate | undefined;
  readonly compareLive: boolean;
}

/** Runs what the state does not have yet. Never throws; the last events are `report-built` and `run-finished`. */
export const runExperiment = (parts: RunParts, signal: AbortSignal): AsyncIterable<RunEvent> =>
  new ExperimentRun(parts, signal).events();

class ExperimentRun {
  readonly #context: ExperimentContext;
  readonly #world: World;
  readonly #plan: ExperimentPlan;
  readonly #parts: RunParts;
  readonly #analysis: ExperimentAnalysis;
  readonly #budget: BudgetGuard;
  readonly #userSignal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #cells: CellRunner;
  readonly #committed = new Set<number>();
  #state: RunState = 'finished';
  #notice: string | null = null;
  #nextProgressMs = -Infinity;

  constructor(parts: RunParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#context = parts.context;
    this.#world = parts.context.world;
    this.#plan = parts.context.plan;
    this.#userSignal = signal;
    this.#analysis = new ExperimentAnalysis(this.#plan, this.#world.openComparer);
    this.#budget = new BudgetGuard(this.#plan, parts.context.state);
    this.#cells = new CellRunner(parts.context, ({ message }) => this.#end('failed', message));
  }

  /** Also a run whose reader leaves early leaves nothing behind. */
  async *events(): AsyncGenerator<RunEvent> {
    const { state } = this.#context;
    const started = this.#started();
    const unwatch = this.#watchForEnd();
    try {
      if (state.startedAt === null) {
        await this.#context.record(started);
        for (const event of this.#parts.before) await this.#context.record(event);
      }
      yield started;
      if (state.scoredCells > 0) {
        for (const caseIndex of orderOf(this.#plan)) this.#commit(caseIndex);
        await this.#analysis.counted();
      }
      if (!this.#hasSettled()) {
        // One loop, not a generator around it: thousands of events pass.
        for await (const event of this.#runCells()) {
          yield event;
          if (event.type !== 'cell-scored') continue;
          const cell = parseCellId(this.#plan, event.cellId);
          if (cell !== null) this.#commit(cell.caseIndex);
          if (this.#hasSettled()) this.#end('stopped-early', null);
          yield* this.#progress();
        }
      }
      unwatch();
      yield* this.#finish(started.startedAt);
    } finally {
      unwatch();
      this.#analysis.close();
      await this.#parts.journal.close();
    }
  }

  #started(): Extract<RunEvent, { type: 'run-started' }> {
    const { kind, name } = this.#plan;
    const startedAt = this.#context.state.startedAt ?? this.#world.clock.timestamp();
    const { runId } = this.#parts;
    return { type: 'run-started', runId, kind, name, startedAt, plannedCells: this.#plannedCells };
  }

  /** The user's signal and the budget's time end the calls. */
  #watchForEnd(): () => void {
    const follow = (): void => this.#end('cancelled', null);
    this.#userSignal.addEventListener('abort', follow, { once: true });
    if (this.#userSignal.aborted) follow();
    const timer = this.#startTimer();
    // There is time now to load what is needed at the end, when somebody waits for it.
    this.#world.clock.sleep(prepareAfterMs, timer.signal).then(
      () => this.#analysis.prepare(),
      () => undefined,
    );
    return () => {
      timer.abort();
      this.#userSignal.removeEventListener('abort', follow);
    };
  }

  #runCells(): AsyncIterable<RunEvent> {
    const options = {
      concurrency: this.#workers(),
      run: (cell: ExperimentCell, signal: AbortSignal) => this.#runCell(cell, signal),
      onStop: ({ message, hint }: Failure) =>
        this.#end('failed', `Every further call would fail the same way: ${message} ${hint}`),
    };
    return executeCells(this.#source(), options, this.#stop.signal);
  }

  /** The cells still to run, all variants of a case together, for as long as nothing ends the run. */
  async *#source(): AsyncGenerator<ExperimentCell> {
    for (const caseIndex of orderOf(this.#plan)) {
      for (const cell of cellsOfCase(this.#plan, caseIndex)) {
        if (this.#context.state.reported(cell) !== null) continue;
        await this.#parts.pause?.wait();
        const calls = this.#callsOf(cell);
        const admitted = await this.#budget.admits(calls, this.#stop.signal);
        if (this.#stop.signal.aborted) return;
        if (!admitted) {
          this.#state = 'budget';
          this.#notice = 'The budget is reached; calls in flight come to their end.';
          return;
        }
        this.#budget.start(cellIdOf(cell), calls);
        yield cell;
      }
    }
  }

  async *#runCell(cell: ExperimentCell, signal: AbortSignal): AsyncGenerator<RunEvent> {
    try {
      yield* this.#cells.run(cell, signal);
    } finally {
      this.#budget.finish(cellIdOf(cell));
    }
  }

  /** Its own that are not made yet, and those of its judges. */
  #callsOf(cell: ExperimentCell): number {
    const { variants, suites, cases } = this.#plan;
    const isMade = this.#context.state.finished(cellIdOf(cell)) !== null;
    const own = isMade ? 0 : (variants[cell.variantIndex]?.callsPerCell ?? 1);
    const suite = suites[cases[cell.caseIndex]?.suite ?? -1];
    return own + (suite === undefined ? 0 : judgeCallsPerCell(suite.evaluators, suite.variants.length));
  }

  /** The limiter of the backend holds the line; a few more workers score what has come back meanwhile. */
  #workers(): number {
    const limit = this.#plan.concurrency ?? this.#world.settings(this.#plan.path).concurrency;
    if (limit <= 0) return workersWithoutLimit;
    return Math.min(mostWorkers, 2 * limit);
  }

  #commit(caseIndex: number): void {
    if (this.#plan.kind === 'test' || this.#committed.has(caseIndex)) return;
    const results = this.#context.state.completeCase(caseIndex);
    if (results === null) return;
    // The last two cells of a case may end in the same moment, and each finds it complete.
    this.#committed.add(caseIndex);
    this.#analysis.finish(caseIndex, results);
  }

  #hasSettled(): boolean {
    return this.#plan.stopEarly && this.#analysis.canStop && this.#analysis.cases < this.#plan.cases.length;
  }

  /** The first reason to end stands. */
  #end(state: RunState, notice: string | null): void {
    if (this.#stop.signal.aborted) return;
    this.#state = state;
    this.#notice = notice;
    this.#stop.abort(new RunStopped(notice ?? 'nothing further is needed.'));
  }

  #startTimer(): AbortController {
    const timer = new AbortController();
    const { maxMinutes } = this.#plan.budget;
    if (maxMinutes !== undefined) {
      this.#world.clock.sleep(maxMinutes * 60_000, timer.signal).then(
        () => this.#end('budget', 'The time of the budget is over.'),
        () => undefined,
      );
    }
    return timer;
  }

  async *#progress(): AsyncGenerator<RunEvent> {
    const now = this.#world.clock.nowMs();
    if (now < this.#nextProgressMs) return;
    const comparison = this.#parts.compareLive ? await this.#analysis.current() : null;
    const doneMs = this.#world.clock.nowMs();
    this.#nextProgressMs = doneMs + Math.max(progressEveryMs, progressPause * (doneMs - now));
    yield this.#progressWith(comparison);
  }

  #progressWith(comparison: Comparison | null): RunEvent {
    const { state } = this.#context;
    return {
      type: 'verdict-updated',
      cases: this.#analysis.cases,
      plannedCases: this.#plan.cases.length,
      cells: state.scoredCells,
      plannedCells: this.#plannedCells,
      failedCells: state.failedCells,
      costUsd: state.costUsd,
      judgeCostUsd: state.judgeCostUsd,
      standing: this.#analysis.standing,
      comparison,
    };
  }

  get #plannedCells(): number {
    const { suites, cases, repetitions } = this.#plan;
    return repetitions * cases.reduce((sum, { suite }) => sum + (suites[suite]?.variants.length ?? 0), 0);
  }

  async *#finish(startedAt: string): AsyncGenerator<RunEvent> {
    await this.#analysis.counted();
    if (this.#hasSettled() && this.#state === 'finished') this.#state = 'stopped-early';
    if (this.#notice !== null) yield { type: 'notice-raised', cellId: null, message: this.#notice };
    const finishedAt = this.#world.clock.timestamp();
    const comparison = this.#plan.kind === 'test' ? null : await this.#analysis.final();
    yield this.#progressWith(comparison);
    const times = { startedAt, finishedAt, state: this.#state };
    const report = buildExperimentReport(this.#plan, this.#context.state, comparison, times);
    await this.#parts.journal.writeReport(report);
    yield { type: 'report-built', report, comparison };
    const finished: RunEvent = { type: 'run-finished', state: this.#state, finishedAt };
    await this.#context.record(finished);
    await this.#parts.journal.close();
    yield finished;
  }
}
