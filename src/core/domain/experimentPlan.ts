import type { ComparedMetric } from './comparison.ts';
import type { JsonObject } from './json.ts';
import type { Budget, EvaluatorSpec, ModelChoice } from './promptFile.ts';
import type { Route } from './runEvent.ts';
import type { CallTemplate, FileDiagnostic, PlannedStep } from './runPlan.ts';
import type { Failure } from './failure.ts';
import type { TestCase } from './testCase.ts';

/** What a variant's calls are made from. */
export type VariantTarget =
  | { readonly type: 'call'; readonly call: CallTemplate }
  | { readonly type: 'chain'; readonly steps: readonly PlannedStep[]; readonly path: string };

export interface PlannedVariant {
  /** Unique within the experiment; the key of its results. */
  readonly id: string;
  readonly label: string;
  /** The prompt as people refer to it: its file, relative to the workspace folder, with `/`. */
  readonly prompt: string;
  /** The git revision as it was asked for; null for the working copy. */
  readonly ref: string | null;
  /** The commit that revision was. */
  readonly commit: string | null;
  readonly target: VariantTarget;
  /** Of a chain: of its last step. */
  readonly route: Route;
  /** Calls to a model that one run of a case takes. */
  readonly callsPerCell: number;
  /** Parameters the model does not take, in words. */
  readonly notApplied: readonly string[];
  /** What the variant itself says over its file; missing in runs of earlier versions. */
  readonly choice?: Partial<ModelChoice>;
}

/** Variants that run on the same cases and are scored the same way: all of an A/B test, or one prompt of a test run. */
export interface PlannedSuite {
  readonly name: string;
  /** The file the cases and evaluators come from; scripts are relative to it. */
  readonly path: string;
  readonly evaluators: readonly EvaluatorSpec[];
  /** Positions in `variants`. */
  readonly variants: readonly number[];
  /** What the prompt's file says of itself; missing in A/B tests and in runs of earlier versions. */
  readonly declared?: { readonly description: string | null; readonly model: string | null };
}

export interface PlannedCase extends TestCase {
  /** Position in `suites`. */
  readonly suite: number;
  /** Cases of the same group (document, conversation) count as one. */
  readonly group?: string;
}

/** What a run will take, roughly; null where it cannot be told. */
export interface RunEstimate {
  readonly calls: number;
  /** A guess for pairwise judges and judges that ask again. */
  readonly judgeCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Without judges. */
  readonly costUsd: number | null;
  readonly minutes: number;
}

export type ExperimentMetric = ComparedMetric & { readonly scale: 'unit' | 'log' };

/**
 * An experiment or a test run before its first call: everything that decides it. Plain data, stored with the run, so
 * that a run goes on from its folder alone whatever happens to the files.
 */
export interface ExperimentPlan {
  readonly kind: 'abtest' | 'test';
  readonly name: string;
  /** The file it is about: says which settings, cache and run store hold. */
  readonly path: string;
  readonly workspaceFolder: string;
  readonly variants: readonly PlannedVariant[];
  readonly suites: readonly PlannedSuite[];
  /** In file order, those of an extension after all others; they run in the order that `seed` gives. */
  readonly cases: readonly PlannedCase[];
  /** Number of cases at the end of the plan, then of each extension declared later; absent: all are planned at once. */
  readonly stages?: readonly number[];
  readonly repetitions: number;
  readonly seed: number;
  readonly metric: ExperimentMetric;
  /** `live`: may be watched and stopped early; `fixed`: judged once, at the end. */
  readonly mode: 'live' | 'fixed';
  readonly confidenceLevel: number;
  readonly minEffect: number;
  readonly stopEarly: boolean;
  /** null: what the backends allow. */
  readonly concurrency: number | null;
  readonly budget: Budget;
  readonly estimate: RunEstimate;
  /** Programs of the workspace's own that it would start: consent is needed. */
  readonly programs: ProgramUse;
}

export interface ProgramUse {
  /** Names of custom executors. */
  readonly executors: readonly string[];
  /** Evaluator scripts as the files name them. */
  readonly scripts: readonly string[];
}

export type ExperimentPlanned =
  | {
      readonly status: 'ready';
      readonly plan: ExperimentPlan;
      /** Of the files, bad rows of data files among them. */
      readonly warnings: readonly FileDiagnostic[];
      /** What to know before the first token is spent: too few cases, unknown prices, parameters not applied. */
      readonly notices: readonly string[];
    }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };

/** The JSON Schema a variant's own answers must follow. */
export function schemaOf(target: VariantTarget): JsonObject | undefined {
  if (target.type === 'chain') return undefined;
  const { responseFormat } = target.call.file;
  return responseFormat.type === 'json_schema' ? responseFormat.schema : undefined;
}
