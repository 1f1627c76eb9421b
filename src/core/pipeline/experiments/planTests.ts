import { startOfFile } from '../../domain/diagnostic.ts';
import type {
  ExperimentPlanned,
  PlannedCase,
  PlannedSuite,
  PlannedVariant,
} from '../../domain/experimentPlan.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import { shownPath } from '../../domain/shownPath.ts';
import { problemIn } from '../../planning/planningProblem.ts';
import { findingsOf, whyUnusable } from '../fileProblems.ts';
import type { World } from '../pipeline.ts';
import { checkCases } from './checkCases.ts';
import { checkEvaluatorVariables } from './checkEvaluatorVariables.ts';
import type { TestsRequest } from './experimentRequests.ts';
import { finishPlan, newSeed } from './finishPlan.ts';
import { loadCases } from './loadCases.ts';
import type { FoundVariant, VariantAsker } from './planVariant.ts';
import { planVariant } from './planVariant.ts';

interface Draft {
  readonly variants: PlannedVariant[];
  readonly suites: PlannedSuite[];
  readonly cases: PlannedCase[];
  readonly warnings: FileDiagnostic[];
  readonly diagnostics: FileDiagnostic[];
}

/** Plans the tests of prompts, skills and chains as one run; calls no model. */
export async function planTests(
  world: World,
  request: TestsRequest,
  signal: AbortSignal,
): Promise<ExperimentPlanned> {
  const { files, workspaceFolder, overrides = {} } = request;
  const draft: Draft = { variants: [], suites: [], cases: [], warnings: [], diagnostics: [] };
  for (const parsed of files) {
    const failed = await addFile(world, request, parsed, draft, signal);
    if (failed !== null) return failed;
  }
  if (draft.diagnostics.length > 0) return { status: 'invalid', diagnostics: draft.diagnostics };
  const [first] = files;
  if (first === undefined) throw new RangeError('a test run needs a file');
  const { variants, suites, cases, warnings } = draft;
  const plan = {
    kind: 'test' as const,
    name: files.length === 1 ? first.name : 'tests',
    path: first.path,
    workspaceFolder,
    variants,
    suites,
    cases,
    repetitions: overrides.repetitions ?? 1,
    seed: overrides.seed ?? newSeed(world.clock.timestamp()),
    metric: { name: 'quality', direction: 'higher' as const, scale: 'unit' as const },
    mode: 'fixed' as const,
    confidenceLevel: 0.95,
    minEffect: 0.05,
    stopEarly: false,
    concurrency: overrides.concurrency ?? null,
    budget: overrides.budget ?? {},
  };
  return finishPlan(world, plan, warnings, []);
}

async function addFile(
  world: World,
  { workspaceFolder, choice }: TestsRequest,
  parsed: ParsedFile,
  draft: Draft,
  signal: AbortSignal,
): Promise<Extract<ExperimentPlanned, { status: 'failed' }> | null> {
  const { file } = parsed;
  if (file === null || file.kind === 'abtest') {
    const message = 'An A/B test compares variants; run it with `promptly ab`.';
    draft.diagnostics.push(
      ...(file === null ? whyUnusable(parsed) : [problemIn(parsed, 'not-testable', message, startOfFile)]),
    );
    return null;
  }
  const { testData, testDataFile, evaluators } = file;
  const loaded = await loadCases(world, workspaceFolder, { parsed, testData, testDataFile });
  draft.diagnostics.push(...loaded.problems);
  if (loaded.problems.length > 0) return null;
  const asker: VariantAsker = { parsed, workspaceFolder, choice };
  // Two files of one name are an error of their own; here they only must not share results.
  const shown = shownPath(workspaceFolder, parsed.path);
  const label = draft.variants.some(({ id }) => id === file.name) ? `${file.name} (${shown})` : file.name;
  const spec = { label, prompt: parsed };
  const found: FoundVariant = { spec, source: { world, parsed, file }, commit: null };
  const planned = await planVariant(world, asker, found, loaded.cases[0]?.variables ?? {}, signal);
  if (planned.status === 'failed') return planned;
  if (planned.status === 'invalid') {
    draft.diagnostics.push(...planned.diagnostics);
    return null;
  }
  const suite = draft.suites.length;
  const cases = loaded.cases.map((item) => ({ ...item, suite }));
  draft.diagnostics.push(...(await checkCases(asker, found, planned.variant, cases, signal)));
  draft.diagnostics.push(...checkEvaluatorVariables(parsed, evaluators, cases));
  draft.warnings.push(...(await findingsOf(parsed)), ...loaded.warnings);
  const declared = { description: file.description ?? null, model: file.model ?? null };
  const variants = [draft.variants.length];
  draft.suites.push({ name: label, path: parsed.path, evaluators, variants, declared });
  draft.variants.push(planned.variant);
  draft.cases.push(...cases);
  return null;
}
