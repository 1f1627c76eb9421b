import * as z from 'zod/v4';
import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../core/domain/report.ts';
import type { RunEvent } from '../../../core/domain/runEvent.ts';
import { toAbTest } from '../abTestRequest.ts';
import { abTestResult, type AbTestResult } from '../abTestResult.ts';
import { createExperimentReporter } from '../experimentReporter.ts';
import type { McpWorkspace } from '../mcpWorkspace.ts';
import { readChoice } from '../runPrompt.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { backendArgument, modelArgument, newNameArgument } from '../toolArguments.ts';
import { ToolProblem } from '../toolProblem.ts';

const textOrMap = z.union([z.string().min(1), z.record(z.string(), z.unknown())]);

export const abTestTool = defineTool({
  name: 'promptly_ab_test',
  title: 'A/B test prompts',
  description:
    'Runs two or more prompts on the same inputs and gives the statistical verdict: which is better, by how much, how sure, and how many more cases would settle it. Without evaluators, answers are scored against `expected`, else by success alone.',
  input: z.strictObject({
    test_name: newNameArgument,
    variants: z
      .array(textOrMap)
      .min(2)
      .max(20)
      .describe(
        'Names of prompts (name@revision for an earlier version), texts of prompts with {{input}}, or maps: {prompt | content, label?, ref?, backend?, model?, modelParameters?}.',
      ),
    test_inputs: z
      .array(textOrMap)
      .min(1)
      .describe('One a case: a text for the variable `input`, or a map of variable to value.'),
    expected: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe('The reference answers, one for each input.'),
    evaluators: z
      .array(textOrMap)
      .optional()
      .describe(
        'Names (exact-match, contains, word-overlap, rouge-l, judge …) or maps as prompt files write them. Default: those of the first variant.',
      ),
    backend: backendArgument,
    model: modelArgument,
    repetitions: z.int().min(1).max(100).optional(),
    confidence: z
      .number()
      .min(0.5)
      .max(0.9999)
      .optional()
      .describe('How sure a verdict must be. Default 0.95.'),
  }),
  output: abTestResult,
  annotations: { readOnly: false, callsModel: true },
  async run(args, context) {
    const { workspace, signal } = context;
    const { host, spending } = workspace;
    const { test, notes } = await toAbTest(workspace, args);
    const remaining = spending.remainingUsd();
    const { repetitions, confidence } = args;
    const planned = await host.engine.pipeline.experiments.plan(
      {
        test,
        workspaceFolder: host.folder,
        choice: readChoice(args.backend, args.model),
        overrides: {
          ...(repetitions !== undefined && { repetitions }),
          ...(confidence !== undefined && { confidence }),
          ...(remaining !== null && { budget: { maxCostUsd: remaining } }),
        },
      },
      signal,
    );
    if (planned.status === 'invalid') {
      const lines = planned.diagnostics.map(({ message }) => `- ${message}`);
      throw new ToolProblem(['The test cannot be run like this:', ...lines].join('\n'));
    }
    if (planned.status === 'failed') {
      const { code, message, hint } = planned.failure;
      throw new ToolProblem(`${code}: ${message} ${hint}`);
    }
    allowPrograms(workspace, planned.plan);
    return runPlan(context, planned.plan, [...notes, ...planned.notices]);
  },
});

function allowPrograms({ host, allowPrograms: allowed }: McpWorkspace, { programs }: ExperimentPlan): void {
  const own = programs.executors.filter((name) => host.reading.workspaceExecutors.includes(name));
  const names = [...own.map((name) => `custom:${name}`), ...programs.scripts];
  if (names.length === 0) return;
  if (!allowed) {
    throw new ToolProblem(
      `untrusted: ${names.join(', ')} would start a program of this workspace. That happens only when the server was started with --yes by somebody who trusts the workspace.`,
    );
  }
  host.allowPrograms();
}

async function runPlan(
  { workspace, signal, report }: ToolContext,
  plan: ExperimentPlan,
  notes: readonly string[],
): Promise<ToolAnswer<AbTestResult>> {
  const { spending, host } = workspace;
  const { costUsd } = plan.estimate;
  // What is left is the run's own budget: it is set aside whole while the run goes on.
  const reservation = spending.reserve(
    costUsd === 0 || costUsd === null ? costUsd : Math.max(costUsd, spending.remainingUsd() ?? 0),
  );
  let built: AbReport | null = null;
  let runId = '';
  try {
    const tell = createExperimentReporter(plan, report);
    for await (const event of host.engine.pipeline.experiments.run(plan, signal)) {
      tell(event);
      if (event.type === 'run-started') ({ runId } = event);
      built = reportIn(event) ?? built;
    }
  } finally {
    reservation.settle(built === null ? null : costOf(built));
  }
  signal.throwIfAborted();
  if (built === null) throw new Error('a run ended without a report');
  return toAnswer(built, runId, notes);
}

const reportIn = (event: RunEvent): AbReport | null =>
  event.type === 'report-built' && event.report.kind === 'abtest' ? event.report : null;

function costOf({ variants }: AbReport): number | null {
  const costs = variants.flatMap(({ costUsd, judgeCostUsd }) => [costUsd, judgeCostUsd ?? 0]);
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

function toAnswer(report: AbReport, runId: string, notes: readonly string[]): ToolAnswer<AbTestResult> {
  const { verdict, variants, metric, cases } = report;
  const shown = (value: number | null): string =>
    value === null ? '?' : String(Number(value.toPrecision(3)));
  const rows = variants.map(({ label, mean, interval, cases: scored, failures, costUsd }) => {
    const range = interval === null ? '' : ` (${shown(interval.low)} to ${shown(interval.high)})`;
    const cost = costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(4)}`;
    return `- ${label}: ${metric.name} ${shown(mean)}${range}, ${scored} cases, ${failures} failures, ${cost}`;
  });
  const failed = variants.every((variant) => variant.cases === 0);
  const failure = failed ? firstFailure(report) : null;
  const stopped = report.state === 'finished' ? [] : [`The run ended early: ${report.state}.`];
  const lines = [
    verdict.sentence,
    '',
    ...rows,
    '',
    ...stopped,
    ...(failure === null ? [] : [failure]),
    ...notes,
  ];
  return {
    text: [lines.join('\n').trim()],
    data: {
      test_name: report.name,
      run: runId,
      state: report.state,
      sentence: verdict.sentence,
      verdict,
      metric,
      confidenceLevel: report.confidenceLevel,
      minEffect: report.minEffect,
      variants,
      comparisons: report.comparisons,
      cases: cases.map(({ id, results }) => ({
        id,
        scores: Object.fromEntries(
          Object.entries(results).map(([variant, list]) => [variant, list.map(({ score }) => score)]),
        ),
      })),
      notes: [...notes],
    },
    ...(failed && { isError: true }),
  };
}

function firstFailure({ cases }: AbReport): string | null {
  const all = cases.flatMap(({ results }) => Object.values(results).flat());
  const failure = all.find((result) => result.failure !== null)?.failure;
  return failure == null ? null : `${failure.code}: ${failure.message} ${failure.hint}`;
}
