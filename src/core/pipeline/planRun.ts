import type { Diagnostic } from '../domain/diagnostic.ts';
import { hasErrors, startOfFile } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Prompt, Skill } from '../domain/promptFile.ts';
import type { FileDiagnostic, Planned } from '../domain/runPlan.ts';
import { toFailure } from '../engine/toFailure.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { settleValues } from '../planning/settleValues.ts';
import { loadFile } from './loadFile.ts';
import type { RunRequest, World } from './pipeline.ts';
import { planTemplate, toDiagnostic, toPlannedCall } from './planCall.ts';
import { planChain } from './planChain.ts';
import { createRouter } from './routeRun.ts';

/** Routes, renders and checks a run; no model is called. Throws the signal's reason when it aborts. */
export async function planRun(world: World, request: RunRequest, signal: AbortSignal): Promise<Planned> {
  const planned = await planAny(world, request, signal);
  signal.throwIfAborted();
  return planned;
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
      const message = 'An A/B test is not run on inputs of its own; run it as a test.';
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
  const { file: parsed, choice, inputs } = request;
  const settings = world.settings(parsed.path);
  const { loaded, problems } = await loadFile(world, request.workspaceFolder, parsed, file);
  if (loaded === null) return { status: 'invalid', diagnostics: problems };
  const settled = settleValues(file, inputs, loaded.fileTexts);
  if (settled.problems.length > 0) {
    const diagnostics = settled.problems.map((problem) => toDiagnostic(parsed, problem));
    return { status: 'invalid', diagnostics };
  }
  const planned = await planTemplate(settings, createRouter(world, settings, signal), loaded, {
    layers: [{ ...choice, who: choiceLayer }],
    parameters: [],
  });
  if (planned.status === 'failed') return planned;
  try {
    const call = await toPlannedCall(world.backends, planned.call, settled.values, { cellId: 'cell-1' });
    const plan = { kind: file.kind, name: file.name, path: parsed.path, calls: [call] };
    return { status: 'ready', plan, warnings: warningsOf(parsed) };
  } catch (error) {
    return { status: 'failed', failure: toFailure(error, signal), route: planned.call.route };
  }
}

/** The `who` of what the user chose for this run. */
export const choiceLayer = 'the choice for this run';

export const withPath = (parsed: ParsedFile, diagnostics: readonly Diagnostic[]): FileDiagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path }));

export const warningsOf = (parsed: ParsedFile): FileDiagnostic[] =>
  withPath(
    parsed,
    parsed.diagnostics.filter(({ severity }) => severity === 'warning'),
  );

export function whyUnusable(parsed: ParsedFile): readonly FileDiagnostic[] {
  if (hasErrors(parsed.diagnostics)) return withPath(parsed, parsed.diagnostics);
  return [problemIn(parsed, 'unusable-file', 'This file cannot be used as a prompt.', startOfFile)];
}
