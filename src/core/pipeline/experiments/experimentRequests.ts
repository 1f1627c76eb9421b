import type { BackendId } from '../../domain/backendId.ts';
import type { ModelParameters } from '../../domain/chat.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { Budget, EvaluatorSpec, ModelChoice } from '../../domain/promptFile.ts';
import type { TestCase } from '../../domain/testCase.ts';
import type { ExecuteOptions, RunRequest } from '../pipeline.ts';

/** What the user may say over what the file says. */
export interface ExperimentOverrides {
  readonly metric?: string;
  /** A key of the cases: those with the same value count as one. */
  readonly groupBy?: string;
  readonly repetitions?: number;
  readonly confidence?: number;
  readonly minEffect?: number;
  readonly stopEarly?: boolean;
  readonly concurrency?: number;
  /** Key by key over the file's. */
  readonly budget?: Budget;
  /** Of the execution order; default: from the clock. */
  readonly seed?: number;
  /** Default: live for A/B tests of up to 2,000 cases. Use `fixed` where nobody watches: pipelines, comparisons. */
  readonly mode?: 'live' | 'fixed';
}

interface Common {
  readonly workspaceFolder: string;
  /** The user's choice for this run; beats variants and files. */
  readonly choice?: RunRequest['choice'];
  readonly overrides?: ExperimentOverrides;
}

/** An A/B test: of a file, or put together by hand (`adHocTest`). */
export interface ExperimentRequest extends Common {
  readonly test: ParsedFile | AdHocTest;
}

export interface AdHocTest {
  readonly name: string;
  /** A file in the workspace folder: relative references start here, and its settings hold. It need not exist. */
  readonly path: string;
  /** Two or more; labels unique. */
  readonly variants: readonly AdHocVariant[];
  /** Default: those of the first variant. */
  readonly testData?: readonly TestCase[];
  /** Relative to `path`. */
  readonly testDataFile?: string;
  /** Default: those of the first variant. */
  readonly evaluators?: readonly EvaluatorSpec[];
}

export interface AdHocVariant extends Partial<ModelChoice> {
  readonly label: string;
  /** A name or path, or a prompt that was parsed already (even one without a file). */
  readonly prompt: string | ParsedFile;
  readonly ref?: string;
  /** The file as it is now, of which this is an earlier version: it may have been moved since. */
  readonly now?: ParsedFile;
}

/** The working copy of a prompt, skill or chain against a revision of it. */
export interface CompareRequest extends Common {
  readonly file: ParsedFile;
  /** Any git revision. */
  readonly base: string;
}

/** The test cases of prompts, skills and chains. */
export interface TestsRequest extends Common {
  readonly files: readonly ParsedFile[];
}

export interface RunExperimentOptions extends Pick<ExecuteOptions, 'cache'> {
  /** Write the run to the workspace's run store. Default true; without a store it is not written. */
  readonly record?: boolean;
  /** A run whose results the plan begins with (`extend`): they are taken over and not called again. */
  readonly after?: string;
  /** Holds back further calls while it is paused. */
  readonly pause?: PauseGate;
  /** `verdict-updated` has the whole comparison each time, which takes milliseconds to work out. Default: at the end only. */
  readonly compareLive?: boolean;
}

export interface ResumeOptions extends Omit<RunExperimentOptions, 'record' | 'after'> {
  /** Run failed calls again too. */
  readonly retryErrors?: boolean;
  readonly budget?: Budget;
  readonly concurrency?: number;
}

/** Lets somebody hold a run and let it go on; calls in flight come to their end. */
export interface PauseGate {
  /** undefined while the run may go on; else resolves when it may. */
  wait(): Promise<void> | undefined;
}

export interface VariantChoice {
  readonly backend?: BackendId;
  readonly model?: string;
  readonly modelParameters?: ModelParameters;
}
