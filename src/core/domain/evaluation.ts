import type { BackendId } from './backendId.ts';
import type { Usage } from './chat.ts';
import type { FailureCode } from './failure.ts';
import type { Score } from './score.ts';

/** What asking a judge took; kept apart from the target's own tokens and cost. */
export interface JudgeUse {
  readonly backend: BackendId;
  readonly model: string;
  readonly calls: number;
  readonly usage: Usage;
  /** US dollars; null where a price is unknown. */
  readonly costUsd: number | null;
  /** Worth telling, e.g. that the model judges itself. */
  readonly notice?: string;
}

/** What one evaluator said about one output. */
export interface Evaluation {
  readonly name: string;
  readonly score: Score;
  /** null when the score is missing. */
  readonly passed: boolean | null;
  /** Why this score, or why there is none; null when there is nothing to add. */
  readonly reason: string | null;
  /** ≥ 0 */
  readonly weight: number;
  /** 0..1, the default filled in. */
  readonly threshold: number;
  readonly judge?: JudgeUse;
  /** Set when the world failed while evaluating (a judge's key is missing, …). */
  readonly failureCode?: FailureCode;
}

/** An output's quality: the weighted mean of its evaluators, or why there is none. */
export interface EvaluatedOutput {
  readonly score: Score;
  /** Every evaluator with a weight passed; null when the score is missing. */
  readonly passed: boolean | null;
  readonly evaluations: readonly Evaluation[];
}

/** Why an output has no score when all its evaluators only watch. */
export const nothingToWeigh = 'Every evaluator has the weight 0, so there is nothing to weigh.';
