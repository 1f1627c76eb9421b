import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { AbReport } from '../../domain/report.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import { describeAbTest, type AbTestDocument } from '../../reporting/describeAbTest.ts';
import type { RunRequest } from '../pipeline.ts';
import type { CallAnswer, CallWorld } from './callWorld.ts';
import { readAbTestCall, type AbTestArguments } from './readAbTestCall.ts';
import { ToolProblem } from './toolProblem.ts';

export interface AbTestCall extends AbTestArguments {
  readonly repetitions?: number | undefined;
  readonly confidence?: number | undefined;
}

export interface AbTestPlace {
  readonly workspaceFolder: string;
  /** A file in the folder that the test would be in. */
  readonly path: string;
  /** The prompts, skills and chains there are. */
  readonly listed: readonly { readonly name: string }[];
  readonly choice: NonNullable<RunRequest['choice']>;
}

export interface PlannedAbTest {
  readonly plan: ExperimentPlan;
  readonly notes: readonly string[];
}

/** What an A/B test asked for by an agent would do; calls no model. Throws `ToolProblem` for what does not fit. */
export async function planAbTestCall(
  { pipeline, spending }: CallWorld,
  { workspaceFolder, path, listed, choice }: AbTestPlace,
  call: AbTestCall,
  signal: AbortSignal,
): Promise<PlannedAbTest> {
  const { test, notes } = await readAbTestCall(path, listed, call);
  const remaining = spending.remainingUsd();
  const { repetitions, confidence } = call;
  const overrides = {
    ...(repetitions !== undefined && { repetitions }),
    ...(confidence !== undefined && { confidence }),
    ...(remaining !== null && { budget: { maxCostUsd: remaining } }),
  };
  const planned = await pipeline.experiments.plan({ test, workspaceFolder, choice, overrides }, signal);
  if (planned.status === 'invalid') {
    const lines = planned.diagnostics.map(({ message }) => `- ${message}`);
    throw new ToolProblem(['The test cannot be run like this:', ...lines].join('\n'));
  }
  if (planned.status === 'failed') {
    const { code, message, hint } = planned.failure;
    throw new ToolProblem(`${code}: ${message} ${hint}`);
  }
  return { plan: planned.plan, notes: [...notes, ...planned.notices] };
}

/** Runs it to its verdict. Throws what `signal` was aborted with. */
export async function runAbTestCall(
  { pipeline, spending }: CallWorld,
  { plan, notes }: PlannedAbTest,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<CallAnswer<AbTestDocument>> {
  const { costUsd } = plan.estimate;
  // What is left is the run's own budget: it is set aside whole while the run goes on.
  const reservation = spending.reserve(
    costUsd === 0 || costUsd === null ? costUsd : Math.max(costUsd, spending.remainingUsd() ?? 0),
  );
  let built: AbReport | null = null;
  let runId: string | null = null;
  const told: string[] = [];
  try {
    for await (const event of pipeline.experiments.run(plan, signal)) {
      onEvent(event);
      if (event.type === 'run-started' && event.stored !== false) ({ runId } = event);
      if (event.type === 'notice-raised' && event.cellId === null) told.push(event.message);
      built = reportIn(event) ?? built;
    }
  } finally {
    reservation.settle(built === null ? null : costOf(built));
  }
  signal.throwIfAborted();
  if (built === null) throw new Error('a run ended without a report');
  return describeAbTest(built, runId, [...notes, ...told]);
}

const reportIn = (event: RunEvent): AbReport | null =>
  event.type === 'report-built' && event.report.kind === 'abtest' ? event.report : null;

function costOf({ variants }: AbReport): number | null {
  const costs = variants.flatMap(({ costUsd, judgeCostUsd }) => [costUsd, judgeCostUsd ?? 0]);
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
