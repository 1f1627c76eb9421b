import * as vscode from 'vscode';
import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import {
  planAbTestCall,
  runAbTestCall,
  type AbTestPlace,
  type PlannedAbTest,
} from '../../../core/pipeline/toolCalls/abTestCall.ts';
import type { CallAnswer } from '../../../core/pipeline/toolCalls/callWorld.ts';
import { readChoice } from '../../../core/pipeline/toolCalls/readChoice.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { t } from '../l10n.ts';
import type { AgentTool, AgentWorld } from './agentTools.ts';
import { askConfirmation, describeRoutes } from './askConfirmation.ts';
import { callWorldOf } from './callWorldOf.ts';
import { confirmRoutes } from './confirmRoutes.ts';
import { demandTrust } from './findPrompt.ts';
import { ToolInput } from './toolInput.ts';

/** Runs prompts on the same inputs and tells which is better. The run is stored; its report opens in the panel. */
export function abTestTool(world: AgentWorld): AgentTool {
  return {
    prepare: (input, signal) => {
      const name = new ToolInput(input).shown('test_name');
      const words = {
        doing: t('Running the A/B test {0}', name),
        question: t('Run the A/B test {0}?', name),
      };
      return askConfirmation(words, async () => describe(world, await plan(world, input, signal)));
    },
    async invoke(input, signal) {
      return run(world, await plan(world, input, signal), signal);
    },
  };
}

async function plan(world: AgentWorld, input: unknown, signal: AbortSignal): Promise<PlannedAbTest> {
  demandTrust();
  const values = new ToolInput(input);
  const expected = values.optionalTextOrTexts('expected');
  const call = {
    test_name: values.text('test_name'),
    variants: values.list('variants', 2),
    test_inputs: values.list('test_inputs', 1),
    evaluators: values.optionalList('evaluators'),
    ...(expected !== undefined && { expected }),
    repetitions: values.optionalNumber('repetitions', 1, 100),
    confidence: values.optionalNumber('confidence', 0.5, 0.9999),
  };
  const choice = readChoice(values.optionalText('backend'), values.optionalText('model'));
  const place = { ...(await placeFor(world, call.variants[0])), choice };
  return planAbTestCall(await callWorldOf(world), place, call, signal);
}

/** Relative references start in the folder of the first variant, when it is a prompt of the workspace. */
async function placeFor({ index }: AgentWorld, first: unknown): Promise<Omit<AbTestPlace, 'choice'>> {
  await index.ready();
  const all = index.all().filter(({ header }) => header.kind !== 'abtest');
  const name = typeof first === 'string' ? first : (first as { prompt?: unknown } | undefined)?.prompt;
  const file = all.find(({ header }) => header.name === name)?.place;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const folder = (file && vscode.workspace.getWorkspaceFolder(file)) ?? folders[0];
  if (folder === undefined) throw new ToolProblem('An A/B test needs a folder on a disk that is open.');
  return {
    workspaceFolder: folder.uri.fsPath,
    path: vscode.Uri.joinPath(folder.uri, 'ab.prompt.yaml').fsPath,
    listed: all.map(({ header }) => header),
  };
}

async function describe(world: AgentWorld, { plan: planned, notes }: PlannedAbTest): Promise<string[]> {
  const { variants, cases, repetitions, estimate, programs } = planned;
  const calls = estimate.calls + estimate.judgeCalls;
  const started = [...programs.executors.map((name) => `custom:${name}`), ...programs.scripts];
  return [
    t(
      '{0} variants, {1} cases, {2} repetitions: about {3} calls.',
      variants.length,
      cases.length,
      repetitions,
      calls,
    ),
    ...describeRoutes(await world.engine.get(), routesIn(planned), {
      usd: estimate.costUsd,
      isForecast: true,
    }),
    ...(started.length === 0 ? [] : [t('It starts these programs: {0}.', started.join(', '))]),
    ...notes,
  ];
}

const routesIn = ({ variants }: ExperimentPlan) => variants.map(({ route }) => route);

async function run(
  world: AgentWorld,
  planned: PlannedAbTest,
  signal: AbortSignal,
): Promise<CallAnswer<unknown>> {
  const { name, path } = planned.plan;
  await confirmRoutes(await world.engine.get(), routesIn(planned.plan), world.memory);
  const active = world.registry.start(name, vscode.Uri.file(path));
  const both = AbortSignal.any([signal, active.controller.signal]);
  try {
    return await runAbTestCall(await callWorldOf(world), planned, () => undefined, both);
  } finally {
    world.registry.end(active);
  }
}
