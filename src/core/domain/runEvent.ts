import type { BackendId } from './backendId.ts';
import type { FinishReason, ModelParameters, ModelRequest, Usage } from './chat.ts';
import type { Comparison } from './comparison.ts';
import type { EvaluatedOutput } from './evaluation.ts';
import type { Failure } from './failure.ts';
import type { EvaluatorSpec } from './promptFile.ts';
import type { Report } from './report.ts';

/** Milliseconds from the first attempt's start; `firstTextMs` is null when no text came. */
export interface Timing {
  readonly totalMs: number;
  readonly firstTextMs: number | null;
  /** Time the backend spent loading the model, when it says so; part of `totalMs`. */
  readonly loadMs?: number;
}

/** What one call ended with. */
export interface CellResult {
  readonly output: string;
  /** null: it succeeded. With a failure, `output` holds what had arrived. */
  readonly failure: Failure | null;
  readonly timing: Timing;
  readonly usage: Usage;
  /** US dollars; null where the price is unknown, never 0 for unknown. */
  readonly costUsd: number | null;
  readonly attempts: number;
  readonly cached: boolean;
  readonly finishReason: FinishReason | null;
  /** What exactly answered, where the backend says (an Ollama digest, a dated model id). */
  readonly modelVersion?: string;
}

/** Which backend and model a cell runs on, and why those. */
export interface Route {
  readonly backend: BackendId;
  readonly model: string;
  /** A sentence for the run header, e.g. "the file names ollama". */
  readonly reason: string;
  /** Neither a file nor a setting nor the user named the backend or the model: it was the first that is ready. */
  readonly automatic?: true;
}

export type RunState = 'finished' | 'stopped-early' | 'budget' | 'cancelled' | 'failed';

/** Everything a run tells the world, in order. Names are noun-verb. `applyRunEvent` folds them into a `RunRecord`. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly runId: string;
      /** Nothing of it is kept: the id leads to no stored run. */
      readonly stored?: false;
      readonly kind: 'prompt' | 'skill' | 'chain' | 'abtest' | 'test';
      readonly name: string;
      /** ISO 8601 */
      readonly startedAt: string;
      /** null when the data is streamed and not counted yet. */
      readonly plannedCells: number | null;
    }
  | {
      readonly type: 'cell-started';
      readonly cellId: string;
      readonly route: Route;
      readonly request: ModelRequest;
      /** Parameters the model does not take, each with the reason; shown, never silently dropped. */
      readonly notApplied: readonly NotApplied[];
      /** For a chain: the step's name. */
      readonly step?: string;
    }
  | { readonly type: 'attempt-started'; readonly cellId: string; readonly attempt: number }
  | {
      readonly type: 'attempt-failed';
      readonly cellId: string;
      readonly attempt: number;
      readonly failure: Failure;
      /** Time until the next attempt; null when there is none. */
      readonly retryInMs: number | null;
    }
  | { readonly type: 'text-delta'; readonly cellId: string; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly cellId: string; readonly text: string }
  | { readonly type: 'notice-raised'; readonly cellId: string | null; readonly message: string }
  | { readonly type: 'cell-finished'; readonly cellId: string; readonly result: CellResult }
  /** A judge's answer about a cell; written down so that a resumed run need not ask again. */
  | {
      readonly type: 'judge-answered';
      readonly cellId: string;
      readonly reply: JudgeReply;
      /** `textKey` of the question; runs of earlier versions of the product lack it. */
      readonly question?: string;
    }
  /** Experiments and tests: a cell's output and the evaluators' word on it. A later one replaces an earlier one. */
  | { readonly type: 'cell-scored'; readonly cellId: string; readonly evaluated: EvaluatedOutput }
  /** Stored outputs were evaluated again, all of them; in one event, as a part of it would mix two yardsticks. */
  | {
      readonly type: 'scores-replaced';
      readonly scores: readonly { readonly cellId: string; readonly evaluated: EvaluatedOutput }[];
      /** By suite of the plan: what they were evaluated by. */
      readonly evaluators: readonly (readonly EvaluatorSpec[])[];
    }
  | ({ readonly type: 'verdict-updated' } & ExperimentProgress)
  /** The last but one event of an experiment or test; `comparison` is null for a test. */
  | { readonly type: 'report-built'; readonly report: Report; readonly comparison: Comparison | null }
  | { readonly type: 'run-finished'; readonly state: RunState; readonly finishedAt: string };

/** Where a run of many cases stands. */
export interface ExperimentProgress {
  /** Cases that are through, in the planned order without a gap. */
  readonly cases: number;
  readonly plannedCases: number;
  readonly cells: number;
  readonly plannedCells: number;
  readonly failedCells: number;
  /** US dollars; null where a price is unknown. */
  readonly costUsd: number | null;
  readonly judgeCostUsd: number | null;
  /** Who leads now, valid at any look; null where nobody does, or nothing may be said before the end. */
  readonly standing: Standing | null;
  /** The same in full, where the run was asked for it, and at its end. */
  readonly comparison: Comparison | null;
}

/** What a line of progress has room for. */
export interface Standing {
  /** A variant's id. */
  readonly leader: string;
  /** As in `Verdict`: null while it is too early to say. */
  readonly confidence: number | null;
}

/** What a judge said, and what asking it took. */
export interface JudgeReply {
  readonly text: string;
  readonly finishReason: FinishReason | null;
  readonly backend: BackendId;
  readonly model: string;
  readonly usage: Usage;
  /** US dollars; null where the price is unknown. */
  readonly costUsd: number | null;
  readonly notice?: string;
  /** The answer to a question that was put before, for the rival: it took no further call. */
  readonly isShared?: true;
}

export interface NotApplied {
  readonly parameter: keyof ModelParameters | `options.${string}`;
  readonly reason: string;
}
