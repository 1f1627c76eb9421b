import type { ModelParameters } from '../domain/chat.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Chain, ChainStep, Prompt, Skill } from '../domain/promptFile.ts';
import type { FileDiagnostic, Planned, PlannedStep } from '../domain/runPlan.ts';
import type { RouteLayer } from '../planning/chooseRoute.ts';
import { choiceLayer } from '../planning/chooseRoute.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { settleValues } from '../planning/settleValues.ts';
import type { ChainScope } from '../planning/stepInputs.ts';
import { outputOf, stepInputs } from '../planning/stepInputs.ts';
import { loadFile } from './loadFile.ts';
import { lookUpStep } from './lookUpStep.ts';
import type { RunRequest, World } from './pipeline.ts';
import type { TemplatePlanned } from './planCall.ts';
import { planTemplate, toDiagnostic } from './planCall.ts';
import { warningsOf } from './fileProblems.ts';
import type { Router } from './routeRun.ts';
import { createRouter } from './routeRun.ts';

/** Chains of chains multiply; more calls than this is a mistake in the file. */
const maxSteps = 1_000;

interface Planning {
  readonly world: World;
  readonly workspaceFolder: string;
  readonly route: Router;
  readonly problems: FileDiagnostic[];
  failed: Extract<TemplatePlanned, { status: 'failed' }> | null;
  steps: number;
}

/** A chain being resolved: where it stands and who around it has a say. */
interface ChainFrame {
  readonly parsed: ParsedFile;
  readonly chain: Chain;
  readonly scope: ChainScope;
  /** Files from the outermost chain to this one. */
  readonly trail: readonly ParsedFile[];
  readonly prefix: string;
  /** The choice for the run, then the steps around it, outermost first. */
  readonly callers: readonly Choice[];
  /** The chains around it and itself, innermost first: they speak after the steps. */
  readonly chains: readonly Choice[];
}

interface Choice extends RouteLayer {
  readonly modelParameters: ModelParameters;
}

/**
 * Resolves and checks every step before the first call: what it uses, its variables, its backend, cycles.
 *
 * @param callers who else has a say after the choice for the run: the variant of an experiment
 */
export async function planChain(
  world: World,
  request: RunRequest,
  chain: Chain,
  signal: AbortSignal,
  callers: readonly (RouteLayer & { readonly modelParameters: ModelParameters })[] = [],
): Promise<Planned> {
  const { file: parsed, inputs, choice, workspaceFolder } = request;
  const settings = world.settings(parsed.path);
  const route = createRouter(world, settings, signal);
  const planning: Planning = { world, workspaceFolder, route, problems: [], failed: null, steps: 0 };
  const steps = await planSteps(planning, {
    parsed,
    chain,
    scope: { known: inputs, later: new Set() },
    trail: [parsed],
    prefix: '',
    callers: [{ ...choice, who: choiceLayer, modelParameters: choice?.modelParameters ?? {} }, ...callers],
    chains: [chainChoice(chain)],
  });
  if (planning.problems.length > 0) return { status: 'invalid', diagnostics: planning.problems };
  if (planning.failed !== null) return planning.failed;
  const plan = { kind: chain.kind, name: chain.name, path: parsed.path, calls: [], chain: { inputs, steps } };
  return { status: 'ready', plan, warnings: warningsOf(parsed) };
}

const chainChoice = (chain: Chain): Choice => ({
  backend: chain.backend,
  model: chain.model,
  modelParameters: chain.modelParameters,
  who: `chain ${chain.name}`,
});

async function planSteps(planning: Planning, frame: ChainFrame): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = [];
  const later = new Set(frame.scope.later);
  for (const [index, step] of frame.chain.steps.entries()) {
    const result = await planStep(planning, { ...frame, scope: { ...frame.scope, later } }, step, index);
    if (result !== null) planned.push(result);
    later.add('previous').add(outputOf(step.name));
  }
  return planned;
}

async function planStep(
  planning: Planning,
  frame: ChainFrame,
  step: ChainStep,
  index: number,
): Promise<PlannedStep | null> {
  const { parsed } = frame;
  const report = (code: string, message: string, ...at: (string | number)[]): null => {
    planning.problems.push(problemIn(parsed, code, message, parsed.locate(['steps', index, ...at], 'value')));
    return null;
  };
  if (++planning.steps > maxSteps) {
    return planning.steps === maxSteps + 1
      ? report('too-many-steps', `This chain comes to more than ${maxSteps} calls.`, 'use')
      : null;
  }
  const inputs = stepInputs(step, index === 0, frame.scope);
  for (const { variable, name } of inputs.unset) {
    report(
      'unset-variable',
      `\`{{${name}}}\` has no value here. Give it to the chain as an input.`,
      'with',
      variable,
    );
  }
  if (inputs.unset.length > 0) return null;
  const target = await lookUpStep(planning.world, parsed, step.use, frame.trail);
  if (target.status === 'problem') return report(target.code, target.message, 'use');
  const caller: Choice = { ...step, who: `step ${step.name}` };
  const inner = { ...frame, callers: [...frame.callers, caller] };
  const place = { name: step.name, cellId: `${frame.prefix}${step.name}`, with: step.with };
  if (target.file.kind === 'chain') {
    const steps = await planSteps(planning, {
      ...inner,
      parsed: target.parsed,
      chain: target.file,
      scope: inputs,
      trail: [...frame.trail, target.parsed],
      prefix: `${place.cellId}/`,
      chains: [chainChoice(target.file), ...frame.chains],
    });
    return { ...place, target: { type: 'chain', steps } };
  }
  const used = { parsed: target.parsed, file: target.file };
  return planUse(planning, inner, used, inputs, { ...place, index });
}

/** A step that uses a prompt or skill: its files, its variables, its backend. */
async function planUse(
  planning: Planning,
  frame: ChainFrame,
  { parsed, file }: { parsed: ParsedFile; file: Prompt | Skill },
  inputs: ChainScope,
  { index, ...step }: Omit<PlannedStep, 'target'> & { readonly index: number },
): Promise<PlannedStep | null> {
  const { world } = planning;
  const { loaded, problems } = await loadFile(world, planning.workspaceFolder, parsed, file);
  if (loaded === null) {
    planning.problems.push(...problems);
    return null;
  }
  const settled = settleValues(file, inputs.known, loaded.fileTexts, inputs.later);
  for (const problem of settled.problems) {
    const there = toDiagnostic(parsed, problem);
    const { variable } = problem;
    const unset = `Step "${step.name}" gives no value for the variable "${variable}" of "${file.name}". Add \`${variable}\` under \`with\`.`;
    const message = problem.code === 'unset-variable' ? unset : `Step "${step.name}": ${problem.message}`;
    const at = ['steps', index, ...(variable in step.with ? ['with', variable] : ['use'])];
    const range = frame.parsed.locate(at, 'value');
    const related = [{ path: parsed.path, range: there.range, message: `"${variable}" is used here.` }];
    planning.problems.push({ ...problemIn(frame.parsed, problem.code, message, range), related });
  }
  if (settled.problems.length > 0) return null;
  const choices = [...frame.callers, ...frame.chains];
  const planned = await planTemplate(world.settings(parsed.path), planning.route, loaded, {
    layers: choices,
    parameters: choices.map(({ modelParameters }) => modelParameters),
  });
  if (planned.status === 'failed') {
    planning.failed ??= planned;
    return null;
  }
  return { ...step, target: { type: 'call', call: planned.call } };
}
