import type { HumanLabel } from '../../domain/humanLabel.ts';
import type { EvaluatorSpec } from '../../domain/promptFile.ts';
import type { ExperimentPlan, ExperimentPlanned } from '../../domain/experimentPlan.ts';
import type { RunComparison } from '../../domain/runComparison.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import { FileError } from '../../ports/fileSystem.ts';
import type {
  CompareRequest,
  ExperimentRequest,
  ResumeOptions,
  RunExperimentOptions,
  TestsRequest,
} from './experimentRequests.ts';
import { namesAsNow } from '../namesAsNow.ts';
import { extendPlan, type ExtensionPlanned } from './extendPlan.ts';
import { listRuns, type ListOptions, type RunListing } from './listRuns.ts';
import { runHistory, type RunHistoryEntry } from './runHistory.ts';
import { planComparison, planExperiment } from './planExperiment.ts';
import { planTests } from './planTests.ts';
import type { Engine, OpenedRun } from './storedExperiments.ts';
import { openRun, resumeExperiment, startExperiment } from './storedExperiments.ts';
import type { StoredReport } from './storedRuns.ts';
import { compareStoredRuns, lastUnfinished, reportOf, resolveRunId, scoreRun } from './storedRuns.ts';

/**
 * Tests and experiments as every host sees them. `path` is any file of the workspace, or its folder: it says whose runs
 * are meant. Planning throws only when `signal` aborts; runs never throw; stored runs throw `FileError`,
 * and `RunInUse` where they would be changed while some process is at them.
 */
export interface Experiments {
  /** An A/B test, from its file or put together by hand. */
  plan(request: ExperimentRequest, signal: AbortSignal): Promise<ExperimentPlanned>;
  /** The working copy against a git revision. */
  planComparison(request: CompareRequest, signal: AbortSignal): Promise<ExperimentPlanned>;
  /** The test cases of prompts, skills and chains, as one run. */
  planTests(request: TestsRequest, signal: AbortSignal): Promise<ExperimentPlanned>;
  /**
   * Runs a plan; recorded unless `options` say otherwise. Answers are told when they are whole, not as they come. Ends with
   * `report-built` and `run-finished`.
   */
  run(plan: ExperimentPlan, signal: AbortSignal, options?: RunExperimentOptions): AsyncIterable<RunEvent>;
  /** A plan for further cases of a finished run; `run` it with `after` set to the run's id. */
  extend(run: OpenedRun, now: ExperimentPlan): ExtensionPlanned;
  /** A stored run, ready to resume, score or compare. `latest` is the newest test or experiment. */
  open(path: string, runId: string): Promise<OpenedRun>;
  /** Is some process at it, this one or another? */
  isRunning(path: string, runId: string): Promise<boolean>;
  /** The newest run of `about` (of any file when null) that did not come to its end, also one that is running. */
  lastUnfinished(path: string, about: string | null, kind: 'test' | 'abtest'): Promise<string | null>;
  /** Goes on with a run from its journal, whatever the cache holds; an opened run is resumed once. */
  resume(run: OpenedRun, signal: AbortSignal, options?: ResumeOptions): AsyncIterable<RunEvent>;
  /** The report, built from the journal: also of a run that was killed. */
  report(run: OpenedRun): Promise<StoredReport>;
  /**
   * Evaluates stored outputs again without asking their models. `evaluatorsOf` gives the evaluators that a file has
   * now; null keeps those the run was planned with.
   */
  score(
    run: OpenedRun,
    evaluatorsOf: (path: string) => Promise<readonly EvaluatorSpec[] | null>,
    signal: AbortSignal,
    onEvent?: (event: RunEvent) => void,
  ): Promise<StoredReport>;
  /** What got better and what got worse from one run of a test to another. */
  compare(before: OpenedRun, after: OpenedRun): RunComparison;
  /** Newest first. */
  list(path: string, options?: ListOptions): Promise<readonly RunListing[]>;
  /** The runs of the same test as `runId`, that one among them, oldest first: at most the newest `limit`. */
  history(path: string, runId: string, limit?: number): Promise<readonly RunHistoryEntry[]>;
  /** A person's labels on the outputs of a run. */
  labels(path: string, runId: string): Promise<readonly HumanLabel[]>;
  /** Keeps all labels of a run, in place of those before. */
  saveLabels(path: string, runId: string, labels: readonly HumanLabel[]): Promise<void>;
}

export function createExperiments(engine: Engine): Experiments {
  const { world } = engine;
  return {
    plan: (request, signal) => planExperiment(namesAsNow(world), request, signal),
    planComparison: (request, signal) => planComparison(namesAsNow(world), request, signal),
    planTests: (request, signal) => planTests(namesAsNow(world), request, signal),
    run: (plan, signal, options = {}) => startExperiment(engine, plan, signal, options),
    extend: extendPlan,
    open: async (path, runId) => openRun(world, path, await resolveRunId(world, path, runId)),
    isRunning: async (path, runId) => (await world.runsFor?.(path)?.isRunning(runId)) ?? false,
    lastUnfinished: (path, about, kind) => lastUnfinished(world, path, about, kind),
    resume: (run, signal, options = {}) => resumeExperiment(engine, run, signal, options),
    report: (run) => reportOf(world, run),
    score: (run, evaluatorsOf, signal, onEvent) => scoreRun(engine, run, evaluatorsOf, signal, onEvent),
    compare: compareStoredRuns,
    list: (path, options) => listRuns(world, path, options),
    history: (path, runId, limit) => runHistory(world, path, runId, limit),
    labels: async (path, runId) => (await world.runsFor?.(path)?.readLabels(runId)) ?? [],
    saveLabels: async (path, runId, labels) => {
      const store = world.runsFor?.(path) ?? null;
      if (store === null) throw new FileError('not-found', 'No runs are kept here.');
      await store.writeLabels(runId, labels);
    },
  };
}
