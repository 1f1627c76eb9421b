import { isBackendId } from '../../core/domain/backendId.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { RunPlan } from '../../core/domain/runPlan.ts';
import { applyRunEvent, type RunRecord } from '../../core/domain/runRecord.ts';
import type { RunRequest } from '../../core/pipeline/pipeline.ts';
import { buildFailedRunResult, buildRunResult, type RunResult } from '../../core/reporting/runResult.ts';
import { invalidFile } from './describeFile.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { createRunReporter } from './runReporter.ts';
import { worstCostOf } from './spendingLimit.ts';
import type { ToolAnswer, ToolContext } from './tool.ts';
import { ToolProblem } from './toolProblem.ts';

export interface RunArguments {
  readonly file: ParsedFile;
  readonly inputs: JsonObject;
  readonly backend?: string | undefined;
  readonly model?: string | undefined;
}

/** Runs a prompt, skill or chain once and answers with its document; a failed run is an answer, too. */
export async function runPrompt(
  context: ToolContext,
  { file, inputs, backend, model }: RunArguments,
): Promise<ToolAnswer<RunResult>> {
  const { workspace, signal } = context;
  const { pipeline } = workspace.host.engine;
  const request = {
    file,
    workspaceFolder: workspace.host.folder,
    inputs,
    choice: readChoice(backend, model),
  };
  const planned = await pipeline.plan(request, signal);
  if (planned.status === 'invalid') throw invalidFile(workspace, planned.diagnostics);
  if (planned.status === 'failed') {
    return toAnswer(buildFailedRunResult(file.kind, file.name, planned.route, planned.failure));
  }
  refusePrograms(workspace, planned.plan);
  const { pricing } = workspace.host.reading.settings;
  const worst = worstCostOf(planned.plan, new Date().toISOString(), pricing);
  const reservation = workspace.spending.reserve(worst);
  let record: RunRecord | null = null;
  try {
    const report = createRunReporter(context.report);
    for await (const event of pipeline.execute(planned.plan, signal)) {
      record = applyRunEvent(record, event);
      report(event);
    }
  } finally {
    reservation.settle(record === null ? null : buildRunResult(record).costUsd);
  }
  if (record === null) throw new Error('a run ended without having begun');
  return toAnswer(buildRunResult(record));
}

export function readChoice(
  backend: string | undefined,
  model: string | undefined,
): NonNullable<RunRequest['choice']> {
  if (backend !== undefined && !isBackendId(backend)) {
    throw new ToolProblem(
      `"${backend}" is no backend. Backends: ollama, claude, openai, builtin, custom:<name>.`,
    );
  }
  return { ...(backend !== undefined && { backend }), ...(model !== undefined && { model }) };
}

/** An agent cannot consent for the user, so a workspace's own programs need the server's --yes. */
function refusePrograms(workspace: McpWorkspace, plan: RunPlan): void {
  if (workspace.allowPrograms) return;
  const { workspaceExecutors } = workspace.host.reading;
  const routes = [...plan.calls.map(({ route }) => route.backend), ...backendsOf(plan.chain?.steps ?? [])];
  const name = routes.find(
    (route) => route.startsWith('custom:') && workspaceExecutors.includes(route.slice('custom:'.length)),
  );
  if (name === undefined) return;
  throw new ToolProblem(
    `untrusted: ${name} is a program that this workspace's settings name. It starts only when the server was started with --yes by somebody who trusts the workspace.`,
  );
}

function backendsOf(steps: NonNullable<RunPlan['chain']>['steps']): string[] {
  return steps.flatMap(({ target }) =>
    target.type === 'chain' ? backendsOf(target.steps) : [target.call.route.backend],
  );
}

function toAnswer(result: RunResult): ToolAnswer<RunResult> {
  if (result.failure !== null) {
    const { code, message, hint } = result.failure;
    const partial = result.output === '' ? [] : [`What had arrived:\n${result.output}`];
    return { text: [`${code}: ${message} ${hint}`, ...partial], data: result, isError: true };
  }
  return { text: [result.output, summaryOf(result)], data: result };
}

function summaryOf({ backend, model, timing, usage, costUsd, steps, cached }: RunResult): string {
  const parts = [
    `${backend}/${model}`,
    ...(steps === undefined ? [] : [`${steps.length} steps`]),
    cached ? 'recorded answer' : `${(timing.totalMs / 1000).toFixed(1)} s`,
    `${usage.inputTokens ?? '?'} tokens in, ${usage.outputTokens ?? '?'} out`,
    costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(4)}`,
  ];
  return `(${parts.join(' · ')})`;
}
