import { startOfFile } from '../domain/diagnostic.ts';
import type { Prompt, Skill } from '../domain/promptFile.ts';
import type { Planned } from '../domain/runPlan.ts';
import { toFailure } from '../engine/toFailure.ts';
import { problemIn } from '../planning/planningProblem.ts';
import type { RunRequest, World } from './pipeline.ts';
import { warningsOf, whyUnusable } from './fileProblems.ts';
import { planChain } from './planChain.ts';
import { planCell, preparePrompt } from './prepare.ts';
import { unusedInputs } from './unusedInputs.ts';

/** Routes, renders and checks a run; no model is called. Throws the signal's reason when it aborts. */
export async function planRun(world: World, request: RunRequest, signal: AbortSignal): Promise<Planned> {
  const planned = await planAny(world, request, signal);
  signal.throwIfAborted();
  if (planned.status !== 'ready') return planned;
  return { ...planned, warnings: [...planned.warnings, ...unusedInputs(request.file, request.inputs)] };
}

async function planAny(world: World, request: RunRequest, signal: AbortSignal): Promise<Planned> {
  const { file: parsed } = request;
  const { file } = parsed;
  if (file === null) return { status: 'invalid', diagnostics: whyUnusable(parsed) };
  switch (file.kind) {
    case 'prompt':
    case 'skill':
      return planPrompt(world, request, file, signal);
    case 'chain':
      return planChain(world, request, file, signal);
    case 'abtest': {
      const message =
        'An A/B test has no inputs of its own: start it with "Promptly: A/B Test…" in the editor, or with `promptly ab`.';
      return { status: 'invalid', diagnostics: [problemIn(parsed, 'not-runnable', message, startOfFile)] };
    }
  }
}

async function planPrompt(
  world: World,
  request: RunRequest,
  file: Prompt | Skill,
  signal: AbortSignal,
): Promise<Planned> {
  const prepared = await preparePrompt(world, request, signal);
  if (prepared.status !== 'ready') return prepared;
  const { parsed, call } = prepared.prepared;
  try {
    const cell = { cellId: 'cell-1', values: request.inputs };
    const planned = await planCell(world, prepared.prepared, cell);
    if (planned.status === 'invalid') return planned;
    const plan = { kind: file.kind, name: file.name, path: parsed.path, calls: [planned.call] };
    return { status: 'ready', plan, warnings: warningsOf(parsed) };
  } catch (error) {
    return { status: 'failed', failure: toFailure(error, signal), route: call.route };
  }
}
