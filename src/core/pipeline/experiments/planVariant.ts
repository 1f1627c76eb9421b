import type { PlannedVariant, VariantTarget } from '../../domain/experimentPlan.ts';
import type { Failure } from '../../domain/failure.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { ModelChoice, Runnable } from '../../domain/promptFile.ts';
import type { Route } from '../../domain/runEvent.ts';
import type { CallTemplate, FileDiagnostic, PlannedStep } from '../../domain/runPlan.ts';
import { shownPath } from '../../domain/shownPath.ts';
import { toFailure } from '../../engine/toFailure.ts';
import { choiceLayer } from '../../planning/chooseRoute.ts';
import { problemIn } from '../../planning/planningProblem.ts';
import { renderCall } from '../../planning/renderCall.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { RevisionError } from '../../ports/revisions.ts';
import { whyUnusable } from '../fileProblems.ts';
import { loadFile } from '../loadFile.ts';
import { lookUpStep } from '../lookUpStep.ts';
import type { RunRequest, World } from '../pipeline.ts';
import { planTemplate } from '../planCall.ts';
import { planChain } from '../planChain.ts';
import { createRouter } from '../routeRun.ts';
import type { AdHocVariant } from './experimentRequests.ts';
import { lookUpThen } from './lookUpThen.ts';
import { revisionWorld } from './revisionWorld.ts';

/** Whoever asks for variants: where references start and problems are shown. */
export interface VariantAsker {
  readonly parsed: ParsedFile;
  readonly workspaceFolder: string;
  readonly choice: RunRequest['choice'];
}

export type VariantPlanned =
  | { readonly status: 'ready'; readonly variant: PlannedVariant }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };

/** A variant's file, and the world it was read from. */
export interface VariantSource {
  readonly world: World;
  readonly parsed: ParsedFile;
  readonly file: Runnable;
}

type Refused = Exclude<VariantPlanned, { status: 'ready' }>;

/** A variant whose prompt has been found. */
export interface FoundVariant {
  readonly spec: AdHocVariant;
  readonly source: VariantSource;
  readonly commit: string | null;
}

/** The variant with its files, backend and parameters. `inputs`: of one case, which a chain is checked with. */
export async function planVariant(
  world: World,
  asker: VariantAsker,
  { spec, source, commit }: FoundVariant,
  inputs: Readonly<Record<string, JsonValue>>,
  signal: AbortSignal,
): Promise<VariantPlanned> {
  const target = await planTarget(source, asker, spec, inputs, signal);
  if ('status' in target) return target;
  const route = routeOf(target);
  try {
    const variant: PlannedVariant = {
      id: spec.label,
      label: spec.label,
      prompt: shownPath(asker.workspaceFolder, source.parsed.path),
      ref: spec.ref ?? null,
      commit,
      target,
      route,
      callsPerCell: templatesOfTarget(target).length,
      notApplied: await notAppliedOf(world, target),
      choice: choiceOf(spec),
    };
    return { status: 'ready', variant };
  } catch (error) {
    return { status: 'failed', failure: toFailure(error, signal), route };
  }
}

/** Finds a variant's prompt, at its revision where it has one. */
export async function findVariant(
  world: World,
  { parsed, workspaceFolder }: VariantAsker,
  spec: AdHocVariant,
  index: number,
): Promise<FoundVariant | Refused> {
  const { prompt, ref } = spec;
  const refuse = (code: string, message: string, ...at: string[]): Refused => {
    const range = parsed.locate(['variants', index, ...at], 'value');
    return { status: 'invalid', diagnostics: [problemIn(parsed, code, message, range)] };
  };
  try {
    const near = ref === undefined ? undefined : await placeOf(world, parsed, spec);
    const revision =
      ref === undefined ? null : ((await world.revisions?.open(workspaceFolder, ref, near)) ?? null);
    if (ref !== undefined && revision === null) {
      return refuse('no-history', 'Earlier versions cannot be read here.', 'ref');
    }
    const own = revision === null ? world : revisionWorld(world, workspaceFolder, revision);
    const commit = revision?.commit ?? null;
    if (typeof prompt !== 'string') {
      const { file } = prompt;
      if (file === null) return { status: 'invalid', diagnostics: whyUnusable(prompt) };
      if (file.kind === 'abtest') return refuse('not-runnable', notAVariant(prompt.name));
      return { spec, source: { world: own, parsed: prompt, file }, commit };
    }
    const target =
      spec.now === undefined
        ? await lookUpStep(own, parsed, prompt, [])
        : await lookUpThen(world, own, parsed, workspaceFolder, spec.now);
    if (target.status === 'problem') {
      const message = target.code === 'not-runnable' ? notAVariant(prompt) : target.message;
      return refuse(target.code, `${atRevision(spec)}${message}`, 'prompt');
    }
    return { spec, source: { world: own, parsed: target.parsed, file: target.file }, commit };
  } catch (error) {
    if (RevisionError.is(error)) return refuse(error.reason, error.message, 'ref');
    if (FileError.is(error))
      return refuse('missing-file', error.message, ref === undefined ? 'prompt' : 'ref');
    throw error;
  }
}

/** Where a variant's file is, or would be, today. */
async function placeOf(world: World, from: ParsedFile, spec: AdHocVariant): Promise<string | undefined> {
  const { prompt, now } = spec;
  if (now !== undefined) return now.path;
  if (typeof prompt !== 'string') return prompt.path;
  if (/\.ya?ml$/i.test(prompt)) return world.files.resolve(from.path, prompt);
  const found = await world.prompts?.find(prompt, from.path);
  return found?.status === 'found' ? found.file.path : undefined;
}

/** Where a message is about a file as it was: its lines are not those of the file there is. */
export const atRevision = ({ ref }: AdHocVariant): string => (ref === undefined ? '' : `At ${ref}: `);

const notAVariant = (name: string): string => `"${name}" is an A/B test and cannot be a variant.`;

async function planTarget(
  { world, parsed, file }: VariantSource,
  { workspaceFolder, choice }: VariantAsker,
  spec: AdHocVariant,
  inputs: Readonly<Record<string, JsonValue>>,
  signal: AbortSignal,
): Promise<VariantTarget | Refused> {
  const variantChoice = variantLayer(spec);
  if (file.kind === 'chain') {
    const planned = await planChain(
      world,
      { file: parsed, workspaceFolder, inputs, ...(choice !== undefined && { choice }) },
      file,
      signal,
      [variantChoice],
    );
    if (planned.status !== 'ready') return planned;
    return { type: 'chain', steps: planned.plan.chain?.steps ?? [], path: parsed.path };
  }
  const { loaded, problems } = await loadFile(world, workspaceFolder, parsed, file);
  if (loaded === null) return { status: 'invalid', diagnostics: problems };
  const settings = world.settings(parsed.path);
  const planned = await planTemplate(settings, createRouter(world, settings, signal), loaded, {
    layers: [{ ...choice, who: choiceLayer }, variantChoice],
    parameters: [choice?.modelParameters ?? {}, variantChoice.modelParameters],
  });
  signal.throwIfAborted();
  return planned.status === 'ready' ? { type: 'call', call: planned.call } : planned;
}

export const variantLayer = ({ label, backend, model, modelParameters = {} }: AdHocVariant) => ({
  backend,
  model,
  modelParameters,
  who: `variant ${label}`,
});

/** What a variant says over its file, without the keys it leaves out. */
const choiceOf = ({ backend, model, modelParameters }: AdHocVariant): Partial<ModelChoice> => ({
  ...(backend !== undefined && { backend }),
  ...(model !== undefined && { model }),
  ...(modelParameters !== undefined && { modelParameters }),
});

/** All calls a target makes, in order. */
function callsOf(steps: readonly PlannedStep[]): CallTemplate[] {
  return steps.flatMap(({ target }) => (target.type === 'call' ? [target.call] : callsOf(target.steps)));
}

export const templatesOfTarget = (target: VariantTarget): readonly CallTemplate[] =>
  target.type === 'call' ? [target.call] : callsOf(target.steps);

function routeOf(target: VariantTarget): Route {
  const last = templatesOfTarget(target).at(-1);
  return last?.route ?? { backend: 'scripted', model: '', reason: 'a chain without steps' };
}

/** Parameters somebody chose that the model does not take, each once. */
async function notAppliedOf(world: World, target: VariantTarget): Promise<string[]> {
  const words = new Set<string>();
  for (const call of templatesOfTarget(target)) {
    const backend = await world.backends.open(call.route.backend);
    const request = renderCall(call, {});
    for (const { parameter, reason } of backend.notApplied(request)) {
      if (!call.defaulted.includes(parameter)) words.add(`${parameter} is not applied: ${reason}`);
    }
  }
  return [...words];
}
