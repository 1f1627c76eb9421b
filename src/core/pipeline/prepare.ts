import type { JsonValue } from '../domain/json.ts';
import { choiceLayer } from '../planning/chooseRoute.ts';
import { settleValues } from '../planning/settleValues.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { startOfFile } from '../domain/diagnostic.ts';
import { loadFile } from './loadFile.ts';
import type { CellPlanned, CellRequest, Prepared, PreparedPrompt, RunRequest, World } from './pipeline.ts';
import { planTemplate, toDiagnostic, toPlannedCall } from './planCall.ts';
import { whyUnusable } from './fileProblems.ts';
import { createRouter } from './routeRun.ts';

/** A prompt or skill, its files read and its backend chosen once, for any number of values. */
export async function preparePrompt(
  world: World,
  request: Omit<RunRequest, 'inputs'>,
  signal: AbortSignal,
): Promise<Prepared> {
  const { file: parsed, choice } = request;
  const { file } = parsed;
  if (file === null) return { status: 'invalid', diagnostics: whyUnusable(parsed) };
  if (file.kind !== 'prompt' && file.kind !== 'skill') {
    const message = `A ${file.kind} cannot be run on single cases here; name a prompt or a skill.`;
    return { status: 'invalid', diagnostics: [problemIn(parsed, 'not-runnable', message, startOfFile)] };
  }
  const settings = world.settings(parsed.path);
  const { loaded, problems } = await loadFile(world, request.workspaceFolder, parsed, file);
  if (loaded === null) return { status: 'invalid', diagnostics: problems };
  const planned = await planTemplate(settings, createRouter(world, settings, signal), loaded, {
    layers: [{ ...choice, who: choiceLayer }],
    parameters: choice?.modelParameters === undefined ? [] : [choice.modelParameters],
  });
  signal.throwIfAborted();
  return planned.status === 'ready' ? { status: 'ready', prepared: { parsed, call: planned.call } } : planned;
}

/** The call for one set of values; what is unset or not allowed is found here, before anything is sent. */
export async function planCell(
  world: World,
  { parsed, call }: PreparedPrompt,
  { cellId, values, repetition }: CellRequest,
): Promise<CellPlanned> {
  const inputs: Readonly<Record<string, JsonValue>> = values;
  const settled = settleValues(call.file, inputs, call.fileTexts);
  if (settled.problems.length > 0) {
    const diagnostics = settled.problems.map((problem) => toDiagnostic(parsed, problem));
    return { status: 'invalid', diagnostics };
  }
  const place = { cellId, ...(repetition !== undefined && { repetition }) };
  return { status: 'ready', call: await toPlannedCall(world.backends, call, settled.values, place) };
}
