import { startOfFile } from '../../domain/diagnostic.ts';
import type { ExperimentPlan, ExperimentPlanned, PlannedVariant } from '../../domain/experimentPlan.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { AbTest } from '../../domain/promptFile.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import { warnOfTooFewCases } from '../../experiments/warnOfTooFewCases.ts';
import { shownPath } from '../../domain/shownPath.ts';
import { problemIn } from '../../planning/planningProblem.ts';
import { findingsOf, whyUnusable } from '../fileProblems.ts';
import type { World } from '../pipeline.ts';
import { checkCases } from './checkCases.ts';
import { checkEvaluatorVariables } from './checkEvaluatorVariables.ts';
import { chooseMetric, defaultRepetitions } from './experimentDefaults.ts';
import type { AdHocTest, CompareRequest, ExperimentRequest } from './experimentRequests.ts';
import { finishPlan, newSeed } from './finishPlan.ts';
import { groupCases } from './groupCases.ts';
import type { CaseSource } from './loadCases.ts';
import { loadCases } from './loadCases.ts';
import { plannedUnits } from './plannedUnits.ts';
import type { FoundVariant, VariantAsker } from './planVariant.ts';
import { findVariant, planVariant } from './planVariant.ts';

/** Beyond this, keeping an eye on every case costs more than the cases. */
const maxLiveCases = 2_000;
const maxVariants = 20;

type Rules = Pick<
  AbTest,
  'groupBy' | 'metric' | 'repetitions' | 'confidence' | 'minEffect' | 'stopEarly' | 'concurrency' | 'budget'
>;

const defaultRules: Rules = { confidence: 0.95, minEffect: 0.05, stopEarly: false, budget: {} };

/** Plans an A/B test down to the last case; calls no model. */
export async function planExperiment(
  world: World,
  request: ExperimentRequest,
  signal: AbortSignal,
): Promise<ExperimentPlanned> {
  const { test } = request;
  if (!('kind' in test)) return planAdHoc(world, request, test, signal);
  const { file } = test;
  if (file === null) return { status: 'invalid', diagnostics: whyUnusable(test) };
  if (file.kind !== 'abtest') {
    const message = `This file is a ${file.kind}, not an A/B test (\`kind: abtest\`).`;
    return { status: 'invalid', diagnostics: [problemIn(test, 'not-an-experiment', message, startOfFile)] };
  }
  const { testData, testDataFile, evaluators } = file;
  const adHoc: AdHocTest = {
    name: file.name,
    path: test.path,
    variants: file.variants,
    ...(testData !== null && { testData }),
    ...(testDataFile !== undefined && { testDataFile }),
    ...(evaluators !== null && { evaluators }),
  };
  return planParsed(world, request, adHoc, test, file, signal);
}

/** The working copy against a revision: the working copy's cases and evaluators, judged once at the end. */
export async function planComparison(
  world: World,
  { file: parsed, base, overrides, ...rest }: CompareRequest,
  signal: AbortSignal,
): Promise<ExperimentPlanned> {
  const { file } = parsed;
  if (file === null) return { status: 'invalid', diagnostics: whyUnusable(parsed) };
  if (file.kind === 'abtest') {
    const message = 'Compare a prompt, skill or chain; an A/B test is run with `promptly ab`.';
    return { status: 'invalid', diagnostics: [problemIn(parsed, 'not-comparable', message, startOfFile)] };
  }
  const { testData, testDataFile, evaluators } = file;
  const reference = `./${shownPath(parsed.path.replace(/[\\/][^\\/]*$/, ''), parsed.path)}`;
  const adHoc: AdHocTest = {
    name: file.name,
    path: parsed.path,
    variants: [
      { label: base, prompt: reference, ref: base, now: parsed },
      { label: 'working copy', prompt: parsed },
    ],
    testData,
    ...(testDataFile !== undefined && { testDataFile }),
    evaluators,
  };
  const request = { ...rest, test: adHoc, overrides: { mode: 'fixed', ...overrides } } as const;
  return planAdHoc(world, request, adHoc, signal);
}

function planAdHoc(
  world: World,
  request: ExperimentRequest,
  test: AdHocTest,
  signal: AbortSignal,
): Promise<ExperimentPlanned> {
  const place = { path: test.path, name: test.name, text: '', diagnostics: [], variablesUsed: [] };
  const parsed: ParsedFile = { ...place, kind: 'abtest', file: null, locate: () => startOfFile };
  return planParsed(world, request, test, parsed, defaultRules, signal);
}

async function planParsed(
  world: World,
  request: ExperimentRequest,
  test: AdHocTest,
  parsed: ParsedFile,
  rules: Rules,
  signal: AbortSignal,
): Promise<ExperimentPlanned> {
  const { workspaceFolder, choice } = request;
  const asker: VariantAsker = { parsed, workspaceFolder, choice };
  const refuse = (code: string, message: string, ...at: (string | number)[]): ExperimentPlanned => ({
    status: 'invalid',
    diagnostics: [problemIn(parsed, code, message, parsed.locate(at, 'value'))],
  });
  const count = test.variants.length;
  if (count < 2 || count > maxVariants) {
    return refuse('variant-count', `A test needs 2 to ${maxVariants} variants; it has ${count}.`, 'variants');
  }
  const found = await findAll(world, asker, test);
  if ('status' in found) return found;
  const loaded = await loadCases(world, workspaceFolder, caseSourceOf(test, parsed, found));
  if (loaded.problems.length > 0) return { status: 'invalid', diagnostics: loaded.problems };
  const own = { ...rules, ...definedOf(request.overrides ?? {}) };
  const cases = groupCases(loaded.cases, own.groupBy);
  if (typeof cases === 'string') return refuse('unknown-group', cases, 'groupBy');
  const variants = await planAll(world, asker, found, cases, signal);
  if ('status' in variants) return variants;
  const { owner, evaluators } = evaluatorsOf(test, parsed, found);
  const diagnostics = checkEvaluatorVariables(owner, evaluators, cases);
  if (diagnostics.length > 0) return { status: 'invalid', diagnostics };
  const metric = chooseMetric(own.metric, evaluators, cases);
  if (typeof metric === 'string') return refuse('unknown-metric', metric, 'metric');
  const tooWide = widthProblem(metric, own.minEffect);
  if (tooWide !== null) return refuse('min-effect-range', tooWide, 'minEffect');
  const repetitions = own.repetitions ?? defaultRepetitions(metric, evaluators, variants);
  const suite = { name: test.name, path: owner.path, evaluators, variants: [...variants.keys()] };
  const plan: Omit<ExperimentPlan, 'estimate' | 'programs'> = {
    kind: 'abtest',
    name: test.name,
    path: test.path,
    workspaceFolder,
    variants,
    suites: [suite],
    cases,
    repetitions,
    seed: request.overrides?.seed ?? newSeed(world.clock.timestamp()),
    metric,
    mode: request.overrides?.mode ?? (cases.length > maxLiveCases ? 'fixed' : 'live'),
    confidenceLevel: own.confidence,
    minEffect: own.minEffect,
    stopEarly: own.stopEarly,
    concurrency: own.concurrency ?? null,
    budget: { ...rules.budget, ...definedOf(request.overrides?.budget ?? {}) },
  };
  const warnings = [...(await findingsOf(parsed)), ...loaded.warnings];
  return finishPlan(world, plan, warnings, notesOn(plan));
}

/** Within the whole scale everything is, with one case. */
function widthProblem({ scale }: ExperimentPlan['metric'], minEffect: number): string | null {
  if (scale === 'log' || minEffect < 1) return null;
  return `minEffect is a part of the score: 0.05 is 5 points. With ${minEffect}, no difference would count.`;
}

function notesOn(plan: Omit<ExperimentPlan, 'estimate' | 'programs'>): string[] {
  const tooFew = warnOfTooFewCases(plannedUnits(plan).units.length, plan.confidenceLevel, plan.mode);
  return tooFew === null ? [] : [tooFew];
}

/** The test's own, else those of the first variant; and the file they stand in. */
function evaluatorsOf(test: AdHocTest, parsed: ParsedFile, [first]: readonly FoundVariant[]) {
  if (test.evaluators !== undefined) return { owner: parsed, evaluators: test.evaluators };
  return { owner: first?.source.parsed ?? parsed, evaluators: first?.source.file.evaluators ?? [] };
}

function caseSourceOf(test: AdHocTest, parsed: ParsedFile, [first]: readonly FoundVariant[]): CaseSource {
  const { testData, testDataFile } = test;
  if (testData !== undefined || testDataFile !== undefined) {
    return { parsed, testData: testData ?? [], testDataFile };
  }
  const owner = first?.source;
  return {
    parsed: owner?.parsed ?? parsed,
    testData: owner?.file.testData ?? [],
    testDataFile: owner?.file.testDataFile,
  };
}

async function findAll(
  world: World,
  asker: VariantAsker,
  test: AdHocTest,
): Promise<FoundVariant[] | Exclude<ExperimentPlanned, { status: 'ready' }>> {
  const found: FoundVariant[] = [];
  const diagnostics: FileDiagnostic[] = [];
  for (const [index, spec] of test.variants.entries()) {
    const result = await findVariant(world, asker, spec, index);
    if (!('status' in result)) found.push(result);
    else if (result.status === 'failed') return result;
    else diagnostics.push(...result.diagnostics);
  }
  return diagnostics.length > 0 ? { status: 'invalid', diagnostics } : found;
}

async function planAll(
  world: World,
  asker: VariantAsker,
  found: readonly FoundVariant[],
  cases: ExperimentPlan['cases'],
  signal: AbortSignal,
): Promise<PlannedVariant[] | Exclude<ExperimentPlanned, { status: 'ready' }>> {
  const variants: PlannedVariant[] = [];
  const diagnostics: FileDiagnostic[] = [];
  for (const one of found) {
    const planned = await planVariant(world, asker, one, cases[0]?.variables ?? {}, signal);
    if (planned.status === 'failed') return planned;
    if (planned.status === 'invalid') {
      diagnostics.push(...planned.diagnostics);
      continue;
    }
    variants.push(planned.variant);
    diagnostics.push(...(await checkCases(asker, one, planned.variant, cases, signal)));
  }
  return diagnostics.length > 0 ? { status: 'invalid', diagnostics } : variants;
}

/** Without the keys whose value is undefined, so that they do not hide what the file says. */
function definedOf<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
