import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { CellResult, RunEvent, RunState } from '../../domain/runEvent.ts';
import type { Budget, EvaluatorSpec } from '../../domain/promptFile.ts';
import { fatalCodes } from '../../engine/executeCells.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { RunInUse, type RunJournal, type RunStore } from '../../ports/runStore.ts';
import { createCallExecutor } from '../callExecutor.ts';
import type { World } from '../pipeline.ts';
import type { OpenResilient } from '../resilientBackends.ts';
import { neverKept } from '../recordRun.ts';
import { runIdOf } from '../runIdOf.ts';
import type { ExperimentContext } from './experimentContext.ts';
import { ExperimentJournal } from './experimentJournal.ts';
import type { ResumeOptions, RunExperimentOptions } from './experimentRequests.ts';
import { ExperimentState } from './experimentState.ts';
import { runExperiment } from './runExperiment.ts';
import { eventsOf } from './storedEvents.ts';
import { planOf } from './storedPlan.ts';

export interface Engine {
  readonly world: World;
  readonly open: OpenResilient;
}

/** Runs an experiment from its beginning, writing it down as it goes. */
export const startExperiment = (
  engine: Engine,
  plan: ExperimentPlan,
  signal: AbortSignal,
  options: RunExperimentOptions,
): AsyncIterable<RunEvent> => withNotices((notices) => begin(engine, plan, signal, options, notices));

async function begin(
  { world, open }: Engine,
  plan: ExperimentPlan,
  signal: AbortSignal,
  options: RunExperimentOptions,
  notices: string[],
): Promise<AsyncIterable<RunEvent>> {
  const wanted = runIdOf(world.clock.timestamp(), plan.name);
  const store = options.record === false ? null : (world.runsFor?.(plan.path) ?? null);
  const onError = journalTrouble(world, notices, lostMidway);
  // Plans are plain data.
  const document = { schemaVersion: 1, path: plan.path, plan: plan as unknown as JsonValue };
  // Before there is a journal: what cannot be read leaves no run behind that seems to go on.
  const before = options.after === undefined ? [] : await resultsOf(store, options.after);
  const notStored = noJournal(journalTrouble(world, notices, neverKept));
  const journal = store === null ? null : await store.create(wanted, document).catch(notStored);
  const parts = { plan, state: new ExperimentState(plan), journal, onError, before };
  const runId = journal?.runId ?? wanted;
  const events = runWith({ world, open }, parts, runId, signal, options);
  return journal === null ? asUnstored(events) : events;
}

async function* asUnstored(events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
  for await (const event of events) {
    yield event.type === 'run-started' ? { ...event, stored: false } : event;
  }
}

/** What a stored run has had answered and scored. */
async function resultsOf(store: RunStore | null, runId: string): Promise<RunEvent[]> {
  const stored = await store?.read(runId);
  const events = stored === undefined ? [] : eventsOf(stored);
  const isKept = (event: RunEvent): boolean => 'cellId' in event || event.type === 'scores-replaced';
  return events.filter((event) => isKept(event) && event.type !== 'attempt-failed');
}

/** A stored experiment, ready to go on or to be looked at. */
export interface OpenedRun {
  readonly runId: string;
  readonly plan: ExperimentPlan;
  readonly state: ExperimentState;
  /** null: its process ended before the run did. */
  readonly ended: RunState | null;
  readonly finishedAt: string | null;
  /** Some process is at it: this is how far it is. It can be neither resumed nor scored. */
  readonly isRunning: boolean;
}

/** Reads a run's folder. Throws `FileError` when there is no such run, it is no experiment, or its plan is damaged. */
export async function openRun(world: World, path: string, runId: string): Promise<OpenedRun> {
  const store = world.runsFor?.(path) ?? null;
  if (store === null) throw new FileError('not-found', 'No runs are kept here.');
  // Asked first: a run that ends meanwhile has been read to its end.
  const isRunning = await store.isRunning(runId);
  const stored = await store.read(runId);
  const events = eventsOf(stored);
  const plan = asScored(planOf(stored), events);
  const state = new ExperimentState(plan);
  let ended: RunState | null = null;
  let finishedAt: string | null = null;
  for (const event of events) {
    state.apply(event);
    if (event.type === 'run-finished') ({ state: ended, finishedAt } = event);
  }
  return { runId: stored.runId, plan, state, ended, finishedAt, isRunning };
}

/**
 * Goes on with a stored run: what finished is not called again, whatever the cache holds. Throws `RunInUse` before any event
 * while some process is at the run.
 */
export const resumeExperiment = (
  engine: Engine,
  run: OpenedRun,
  signal: AbortSignal,
  options: ResumeOptions,
): AsyncIterable<RunEvent> => withNotices((notices) => goOn(engine, run, signal, options, notices));

async function goOn(
  { world, open }: Engine,
  { runId, plan: stored, state }: OpenedRun,
  signal: AbortSignal,
  options: ResumeOptions,
  notices: string[],
): Promise<AsyncIterable<RunEvent>> {
  const plan = withOverrides(stored, options);
  // What stopped the run (a key, a missing model) has been mended, or will stop it again at once.
  state.forgetFailures(
    ({ failure }: CellResult) =>
      failure !== null && (options.retryErrors === true || fatalCodes.has(failure.code)),
  );
  if (options.retryErrors === true) state.forgetMissingScores();
  const onError = journalTrouble(world, notices, lostMidway);
  const store = world.runsFor?.(plan.path) ?? null;
  const journal = store === null ? null : await store.reopen(runId).catch(noJournal(onError));
  return runWith({ world, open }, { plan, state, journal, onError }, runId, signal, options);
}

/** The plan with the evaluators that its outputs were last evaluated by: what is still to run is scored alike. */
function asScored(plan: ExperimentPlan, events: readonly RunEvent[]): ExperimentPlan {
  const last = events.findLast((event) => event.type === 'scores-replaced');
  return last === undefined ? plan : withEvaluators(plan, last.evaluators);
}

/** @param evaluators by suite */
export const withEvaluators = (
  plan: ExperimentPlan,
  evaluators: readonly (readonly EvaluatorSpec[])[],
): ExperimentPlan => ({
  ...plan,
  suites: plan.suites.map((suite, index) => ({
    ...suite,
    evaluators: evaluators[index] ?? suite.evaluators,
  })),
});

function withOverrides(
  plan: ExperimentPlan,
  { budget, concurrency }: { readonly budget?: Budget; readonly concurrency?: number },
): ExperimentPlan {
  return {
    ...plan,
    budget: { ...plan.budget, ...budget },
    ...(concurrency !== undefined && { concurrency }),
  };
}

function runWith(
  { world, open }: Engine,
  parts: {
    readonly plan: ExperimentPlan;
    readonly state: ExperimentState;
    readonly journal: RunJournal | null;
    readonly onError: (error: unknown) => void;
    readonly before?: readonly RunEvent[];
  },
  runId: string,
  signal: AbortSignal,
  options: Pick<RunExperimentOptions, 'cache' | 'pause' | 'compareLive'>,
): AsyncIterable<RunEvent> {
  const { plan, state, before = [] } = parts;
  const own = withConcurrency(world, plan.concurrency);
  const executor = createCallExecutor(own, open, plan.path, {
    ...(options.cache !== undefined && { cache: options.cache }),
    withPieces: false,
  });
  const journal = new ExperimentJournal(parts.journal, parts.onError);
  const context: ExperimentContext = {
    world: own,
    plan,
    state,
    executor,
    record: async (event) => {
      await journal.append(event);
      state.apply(event);
    },
  };
  const { pause, compareLive = false } = options;
  return runExperiment({ context, journal, runId, before, pause, compareLive }, signal);
}

/** The file's `concurrency` holds for the backends' limiters, too. */
const withConcurrency = (world: World, concurrency: number | null): World =>
  concurrency === null ? world : { ...world, settings: (path) => ({ ...world.settings(path), concurrency }) };

const lostMidway = 'This run can no longer be written to disk; it goes on, but cannot be resumed.';

function journalTrouble(world: World, notices: string[], notice: string): (error: unknown) => void {
  return (error) => {
    world.log.error('A run cannot be written to disk.', error);
    notices.push(FileError.is(error) ? `${notice} ${error.message}` : notice);
  };
}

const noJournal =
  (onError: (error: unknown) => void) =>
  (error: unknown): null => {
    if (RunInUse.is(error)) throw error;
    onError(error);
    return null;
  };

/** Tells what comes up besides, between the events. */
async function* withNotices(
  start: (notices: string[]) => Promise<AsyncIterable<RunEvent>>,
): AsyncGenerator<RunEvent> {
  const notices: string[] = [];
  for await (const event of await start(notices)) {
    yield event;
    for (const message of notices.splice(0)) yield { type: 'notice-raised', cellId: null, message };
  }
}
