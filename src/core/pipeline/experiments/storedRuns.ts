import { BackendError } from '../../domain/backendError.ts';
import type { EvaluatedOutput } from '../../domain/evaluation.ts';
import { cellIdOf, cellsOfCase } from '../../domain/experimentCell.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { Comparison } from '../../domain/comparison.ts';
import type { Failure } from '../../domain/failure.ts';
import type { EvaluatorSpec } from '../../domain/promptFile.ts';
import type { Report } from '../../domain/report.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { RunComparison } from '../../domain/runComparison.ts';
import type { RunEvent, RunState } from '../../domain/runEvent.ts';
import { compareRuns, type ScoredRun } from '../../experiments/compareRuns.ts';
import { scoreCase } from '../../experiments/scoreCase.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { createCallExecutor } from '../callExecutor.ts';
import type { World } from '../pipeline.ts';
import { buildExperimentReport } from './buildExperimentReport.ts';
import { ExperimentAnalysis } from './experimentAnalysis.ts';
import type { ExperimentContext } from './experimentContext.ts';
import { ExperimentJournal } from './experimentJournal.ts';
import { listRuns, type RunListing } from './listRuns.ts';
import { orderOf } from './plannedUnits.ts';
import { CellRunner } from './runCell.ts';
import { withEvaluators, type Engine, type OpenedRun } from './storedExperiments.ts';

/** States in which something is left to do. */
const unfinished: ReadonlySet<RunState | null> = new Set<RunState | null>([
  null,
  'cancelled',
  'budget',
  'failed',
]);

/** The newest unfinished experiment or test of a file (or of any, when `about` is null); null when there is none. */
export async function lastUnfinished(
  world: World,
  path: string,
  about: string | null,
  kind: 'test' | 'abtest',
): Promise<string | null> {
  const runs = await listRuns(world, path);
  const isWanted = (run: RunListing): boolean =>
    run.kind === kind && unfinished.has(run.state) && (about === null || run.path === about);
  return runs.find(isWanted)?.id ?? null;
}

/** `latest` is the newest experiment or test; any other id is taken as it is. Throws `FileError`. */
export async function resolveRunId(world: World, path: string, id: string): Promise<string> {
  if (id !== 'latest') return id;
  const runs = await listRuns(world, path);
  const latest = runs.find(({ kind }) => kind === 'abtest' || kind === 'test');
  if (latest === undefined) throw new FileError('not-found', 'There is no stored run of a test yet.');
  return latest.id;
}

export interface StoredReport {
  readonly runId: string;
  readonly report: Report;
  readonly comparison: Comparison | null;
}

/** The report of a stored run, built anew from its journal: also for a run that was killed. */
export async function reportOf(
  { openComparer }: Pick<World, 'openComparer'>,
  { runId, plan, state, ended, finishedAt, isRunning }: OpenedRun,
): Promise<StoredReport> {
  const comparison = plan.kind === 'test' ? null : await compared({ plan, state, isRunning }, openComparer);
  const startedAt = state.startedAt ?? new Date(0).toISOString();
  const times = { startedAt, finishedAt: finishedAt ?? startedAt, state: ended ?? 'cancelled' };
  return { runId, report: buildExperimentReport(plan, state, comparison, times), comparison };
}

/** Looking before the end would cost a fixed run its promise. */
const undecided: Verdict = {
  outcome: 'running',
  winner: null,
  leader: null,
  confidence: null,
  chanceBest: null,
  survivesOneBadCase: true,
  reason: null,
  sentence: 'Still running: the verdict comes at the end.',
  moreCases: { forMinEffect: null, forCurrentEffect: null },
};

/** Of a run that goes on only what may be said before its end. */
async function compared(
  run: Pick<OpenedRun, 'plan' | 'state' | 'isRunning'>,
  openComparer: World['openComparer'],
): Promise<Comparison> {
  const analysis = analyze(run, openComparer);
  try {
    const current = run.isRunning ? await analysis.current() : null;
    if (current !== null) return current;
    const final = await analysis.final();
    return run.isRunning ? { ...final, verdict: undecided } : final;
  } finally {
    analysis.close();
  }
}

function analyze(
  { plan, state }: Pick<OpenedRun, 'plan' | 'state'>,
  openComparer: World['openComparer'],
): ExperimentAnalysis {
  const analysis = new ExperimentAnalysis(plan, openComparer);
  for (const caseIndex of orderOf(plan)) {
    const results = state.completeCase(caseIndex);
    if (results !== null) analysis.finish(caseIndex, results);
  }
  return analysis;
}

/**
 * Evaluates stored outputs again, calling no model but judges. The new scores go into the same run. `evaluatorsOf`
 * gives a suite's evaluators as its file has them now; null keeps those of the plan.
 */
export async function scoreRun(
  { world, open }: Engine,
  opened: OpenedRun,
  evaluatorsOf: (suitePath: string) => Promise<readonly EvaluatorSpec[] | null>,
  signal: AbortSignal,
  onEvent: (event: RunEvent) => void = () => undefined,
): Promise<StoredReport> {
  const plan = withEvaluators(
    opened.plan,
    await Promise.all(
      opened.plan.suites.map(async ({ path, evaluators }) => (await evaluatorsOf(path)) ?? evaluators),
    ),
  );
  // Each time from what is stored: half of the new scores among the old ones would be no measure of anything.
  const { state } = opened;
  state.forgetScores();
  const store = world.runsFor?.(plan.path) ?? null;
  const onError = (error: unknown): void => world.log.error('Scores cannot be written to disk.', error);
  const journal = new ExperimentJournal((await store?.reopen(opened.runId)) ?? null, onError);
  const scores: { cellId: string; evaluated: EvaluatedOutput }[] = [];
  const record = (event: RunEvent): Promise<void> => {
    state.apply(event);
    if (event.type === 'cell-scored') scores.push({ cellId: event.cellId, evaluated: event.evaluated });
    return Promise.resolve();
  };
  try {
    const executor = createCallExecutor(world, open, plan.path, {});
    await scoreAll({ world, plan, state, executor, record }, signal, onEvent);
    const evaluators = plan.suites.map((suite) => suite.evaluators);
    await journal.append({ type: 'scores-replaced', scores, evaluators });
    const stored = await reportOf(world, { ...opened, plan });
    await journal.writeReport(stored.report);
    return stored;
  } finally {
    await journal.close();
  }
}

/** Throws when a judge can never answer: what is stored stays as it was. */
async function scoreAll(
  context: ExperimentContext,
  signal: AbortSignal,
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  let fatal: Failure | null = null;
  const cells = new CellRunner(context, (failure) => (fatal ??= failure));
  for (const caseIndex of orderOf(context.plan)) {
    for (const cell of cellsOfCase(context.plan, caseIndex)) {
      signal.throwIfAborted();
      if (context.state.finished(cellIdOf(cell)) === null) continue;
      for await (const event of cells.run(cell, signal)) onEvent(event);
      throwIfFatal(fatal);
    }
  }
}

function throwIfFatal(failure: Failure | null): void {
  if (failure === null) return;
  const { code, message, hint, retryable } = failure;
  throw new BackendError(code, message, { hint, retryable });
}

/** What got better and what got worse between two runs of a test, case by case. */
export function compareStoredRuns(before: OpenedRun, after: OpenedRun): RunComparison {
  const { metric, confidenceLevel, minEffect } = after.plan;
  return compareRuns(scoredRunOf(before, after.plan), scoredRunOf(after, after.plan), {
    metric,
    confidenceLevel,
    minEffect,
  });
}

/** Of a test run every prompt is a variant; its cases carry the prompt's name, as ids repeat between prompts. */
function scoredRunOf({ plan, state }: OpenedRun, { metric }: ExperimentPlan): ScoredRun {
  const cases = plan.cases.flatMap((item, caseIndex) => {
    const suite = plan.suites[item.suite];
    const id = plan.kind === 'test' && plan.suites.length > 1 ? `${suite?.name ?? ''}: ${item.id}` : item.id;
    const byVariant = plan.variants.map((_, variantIndex) =>
      cellsOfCase(plan, caseIndex)
        .filter((cell) => cell.variantIndex === variantIndex)
        .map((cell) => state.reported(cell))
        .filter((result) => result !== null),
    );
    const place = item.group === undefined ? { id } : { id, group: item.group };
    return byVariant.some((results) => results.length > 0) ? [scoreCase(place, metric, byVariant)] : [];
  });
  return { variants: plan.variants.map(({ id, label }) => ({ id, label })), cases };
}
