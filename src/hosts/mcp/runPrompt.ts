import type { JsonObject } from '../../core/domain/json.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { RunPlan } from '../../core/domain/runPlan.ts';
import type { CallAnswer } from '../../core/pipeline/toolCalls/callWorld.ts';
import { readChoice } from '../../core/pipeline/toolCalls/readChoice.ts';
import { runCall } from '../../core/pipeline/toolCalls/runCall.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';
import type { RunResult } from '../../core/reporting/runResult.ts';
import { callWorldOf } from './callWorldOf.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { createRunReporter } from './runReporter.ts';
import type { ToolContext } from './tool.ts';

export interface RunArguments {
  readonly file: ParsedFile;
  readonly inputs: JsonObject;
  readonly backend?: string | undefined;
  readonly model?: string | undefined;
}

/** Runs a prompt, skill or chain once and answers with its document; a failed run is an answer, too. */
export function runPrompt(
  { workspace, signal, report }: ToolContext,
  { file, inputs, backend, model }: RunArguments,
): Promise<CallAnswer<RunResult>> {
  const choice = readChoice(backend, model);
  const request = { file, workspaceFolder: workspace.host.folder, inputs, choice };
  const allow = (plan: RunPlan): void => refusePrograms(workspace, plan);
  return runCall(callWorldOf(workspace), request, { allow, onEvent: createRunReporter(report) }, signal);
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
