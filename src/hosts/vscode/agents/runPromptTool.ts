import * as vscode from 'vscode';
import type { RunPlan } from '../../../core/domain/runPlan.ts';
import type { RunRequest } from '../../../core/pipeline/pipeline.ts';
import type { CallAnswer } from '../../../core/pipeline/toolCalls/callWorld.ts';
import { readChoice } from '../../../core/pipeline/toolCalls/readChoice.ts';
import { runCall } from '../../../core/pipeline/toolCalls/runCall.ts';
import { worstCostOf } from '../../../core/pipeline/toolCalls/spendingLimit.ts';
import { t } from '../l10n.ts';
import { routesOf } from '../run/routesOf.ts';
import { workspaceFolderOf } from '../workspaceFolderOf.ts';
import type { AgentTool, AgentWorld } from './agentTools.ts';
import { askConfirmation, describeInputs, describeRoutes } from './askConfirmation.ts';
import { callWorldOf } from './callWorldOf.ts';
import { confirmRoutes } from './confirmRoutes.ts';
import { demandTrust, findPrompt } from './findPrompt.ts';
import { shownRun } from './shownRun.ts';
import { ToolInput } from './toolInput.ts';

/** Runs a prompt, skill or chain for an agent; it shows in the output and the status bar like any other run. */
export function runPromptTool(world: AgentWorld): AgentTool {
  return {
    prepare: (input, signal) => {
      const name = new ToolInput(input).shown('prompt_name');
      const words = { doing: t('Running {0}', name), question: t('Run the prompt {0}?', name) };
      return askConfirmation(words, () => describeRun(world, input, signal));
    },
    async invoke(input, signal) {
      demandTrust();
      return run(world, await readRequest(world, input), signal);
    },
  };
}

async function readRequest({ index, cache }: AgentWorld, input: unknown): Promise<RunRequest> {
  const values = new ToolInput(input);
  const { place } = await findPrompt(index, values.text('prompt_name'), ['prompt', 'skill', 'chain']);
  const folder = workspaceFolderOf(place);
  return {
    file: await cache.parse(await vscode.workspace.openTextDocument(place)),
    workspaceFolder: folder.fsPath,
    inputs: values.inputs('inputs'),
    choice: readChoice(values.optionalText('backend'), values.optionalText('model')),
  };
}

async function describeRun(world: AgentWorld, input: unknown, signal: AbortSignal): Promise<string[]> {
  demandTrust();
  const request = await readRequest(world, input);
  const engine = await world.engine.get();
  const planned = await engine.pipeline.plan(request, signal);
  const given = describeInputs(request.inputs);
  if (planned.status === 'invalid') return planned.diagnostics.map(({ message }) => message);
  if (planned.status === 'failed') return [planned.failure.message, planned.failure.hint, ...given];
  const { prices } = await callWorldOf(world);
  const usd = worstCostOf(planned.plan, new Date().toISOString(), prices);
  return [...describeRoutes(engine, routesOf(planned.plan), { usd, isForecast: false }), ...given];
}

async function run(
  world: AgentWorld,
  request: RunRequest,
  signal: AbortSignal,
): Promise<CallAnswer<unknown>> {
  const { name, path } = request.file;
  const calls = await callWorldOf(world);
  const shown = { name, uri: vscode.Uri.file(path), title: t('{0} (asked for by an agent)', name) };
  return shownRun(
    world,
    shown,
    (engine, onEvent, both) => {
      const allow = (plan: RunPlan) => confirmRoutes(engine, routesOf(plan), world.memory);
      return runCall(calls, request, { allow, onEvent }, both, { record: true });
    },
    signal,
  );
}
