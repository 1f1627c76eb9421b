import type { BackendId } from '../domain/backendId.ts';
import type { ModelParameters } from '../domain/chat.ts';
import type { Failure } from '../domain/failure.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { CallTemplate, FileDiagnostic, Planned, PlannedCall, RunPlan } from '../domain/runPlan.ts';
import type { CacheMode } from '../engine/resilience/withCache.ts';
import type { BackendDirectory } from '../ports/backendDirectory.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/fileSystem.ts';
import type { Log } from '../ports/log.ts';
import type { PromptLookup } from '../ports/promptLookup.ts';
import type { EvaluatorRunner } from '../ports/evaluatorRunner.ts';
import type { Revisions } from '../ports/revisions.ts';
import type { ResponseCache } from '../ports/responseCache.ts';
import type { RunStore } from '../ports/runStore.ts';
import type { Settings } from '../ports/settings.ts';
import type { OpenComparer } from './experiments/comparer.ts';
import type { Experiments } from './experiments/experiments.ts';

/** What the core is given of the world; `composition.ts` fills it, tests fill it with their own. */
export interface World {
  readonly backends: BackendDirectory;
  /** Read anew for every run, per resource: a folder may have settings of its own. */
  readonly settings: (path: string) => Settings;
  readonly files: FileSystem;
  /** Finds the steps of chains; without it a chain has none. */
  readonly prompts?: PromptLookup;
  /** Recorded answers for a prompt file; null where none are kept. */
  readonly cacheFor?: (path: string) => ResponseCache | null;
  /** Stored runs for a prompt file; null where none are kept. */
  readonly runsFor?: (path: string) => RunStore | null;
  /** Runs evaluator scripts; without it they give no score. */
  readonly scripts?: EvaluatorRunner;
  /** Where comparisons are worked out; default: in this thread. */
  readonly openComparer?: OpenComparer;
  /** Earlier versions of files; without it a variant has no `ref`. */
  readonly revisions?: Revisions;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunRequest {
  readonly file: ParsedFile;
  /** The workspace folder that `file.path` lies in: nothing outside it is read. */
  readonly workspaceFolder: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** The user's choice for this run; beats the file's. */
  readonly choice?: {
    readonly backend?: BackendId;
    readonly model?: string;
    readonly modelParameters?: ModelParameters;
  };
}

export interface ExecuteOptions {
  /**
   * What recorded answers are for; default `use` while `promptly.cache.enabled`, else `off`. `refresh` asks the model
   * again and records the new answer.
   */
  readonly cache?: CacheMode | 'off';
  /** Write the run to the workspace's run store as it happens. Default false. */
  readonly record?: boolean;
}

/** Many calls of one run. */
export interface CellsRun {
  readonly kind: 'test' | 'abtest';
  readonly name: string;
  /** The file it is about: says which settings, cache and run store hold. */
  readonly path: string;
  /** Taken one by one as there is room, so they may be streamed from a file of any length. */
  readonly cells: Iterable<PlannedCall> | AsyncIterable<PlannedCall>;
  /** null when the cells are not counted yet. */
  readonly plannedCells: number | null;
  /** Calls in flight; default: what the backends of the run allow. */
  readonly concurrency?: number;
  /** Stored as plan.json when the run is recorded. */
  readonly plan?: JsonValue;
}

/** The engine as every host sees it. */
export interface Pipeline {
  /** Routes, renders and checks everything; calls no model. Throws only when `signal` aborts. */
  plan(request: RunRequest, signal: AbortSignal): Promise<Planned>;
  /** Runs a plan. Never throws: failures and cancellation are events, and the last event is always `run-finished`. */
  execute(plan: RunPlan, signal: AbortSignal, options?: ExecuteOptions): AsyncIterable<RunEvent>;
  /** A prompt or skill ready for any number of cases: backend, parameters, attached files. */
  prepare(request: Omit<RunRequest, 'inputs'>, signal: AbortSignal): Promise<Prepared>;
  /** The call of a prepared prompt for one set of values, or what is wrong with them. */
  planCell(prepared: PreparedPrompt, cell: CellRequest): Promise<CellPlanned>;
  /**
   * Runs many calls side by side; events come as they happen: cells start in their order, and end as they may.
   * A wrong key or a missing model stops the run. Throws only what reading `cells` throws.
   */
  executeCells(run: CellsRun, signal: AbortSignal, options?: ExecuteOptions): AsyncIterable<RunEvent>;
  /** Tests and A/B tests: planning, running, resuming, stored runs. */
  readonly experiments: Experiments;
  /** What to show for an error that a backend threw outside a run (listing models, installing one). */
  toFailure(error: unknown, signal: AbortSignal): Failure;
}

export interface PreparedPrompt {
  readonly parsed: ParsedFile;
  readonly call: CallTemplate;
}

export type Prepared =
  { readonly status: 'ready'; readonly prepared: PreparedPrompt } | Exclude<Planned, { status: 'ready' }>;

export interface CellRequest {
  readonly cellId: string;
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly repetition?: number;
}

export type CellPlanned =
  | { readonly status: 'ready'; readonly call: PlannedCall }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] };
