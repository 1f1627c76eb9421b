import { hasErrors } from '../domain/diagnostic.ts';
import type { FileDiagnostic, Planned } from '../domain/runPlan.ts';
import { startOfFile } from '../domain/diagnostic.ts';
import type { RunRequest, World } from './pipeline.ts';
import { loadFile, planCall } from './planCall.ts';
import { createRouter } from './routeRun.ts';

/** Routes, renders and checks a run; no model is called. */
export async function planRun(world: World, request: RunRequest, signal: AbortSignal): Promise<Planned> {
  const { file: parsed, choice } = request;
  const own = parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path }));
  const { file } = parsed;
  if (file === null)
    return { status: 'invalid', diagnostics: hasErrors(own) ? own : [unreadable(parsed.path)] };
  if (file.kind !== 'prompt' && file.kind !== 'skill') {
    return { status: 'invalid', diagnostics: [notRunnable(parsed.path, file.kind)] };
  }
  const settings = world.settings(parsed.path);
  const { loaded, problems } = await loadFile(world, settings, request.workspaceFolder, parsed, file);
  if (loaded === null) return { status: 'invalid', diagnostics: problems };
  const planned = await planCall(settings, createRouter(world, settings, signal), loaded, {
    cellId: 'cell-1',
    inputs: request.inputs,
    layers: [{ ...choice, who: 'the choice for this run' }],
    parameters: [],
  });
  signal.throwIfAborted();
  if (planned.status !== 'ready') return planned;
  return {
    status: 'ready',
    plan: { kind: file.kind, name: file.name, path: parsed.path, calls: [planned.call] },
    warnings: own.filter(({ severity }) => severity === 'warning'),
  };
}

const unreadable = (path: string): FileDiagnostic => ({
  path,
  code: 'unusable-file',
  severity: 'error',
  message: 'This file cannot be used as a prompt.',
  range: startOfFile,
});

const notRunnable = (path: string, kind: string): FileDiagnostic => ({
  path,
  code: 'not-runnable',
  severity: 'error',
  message: `A file of kind "${kind}" is not run with inputs.`,
  range: startOfFile,
});
