import type { ChatMessage } from '../domain/chat.ts';
import type { JudgeUse } from '../domain/evaluation.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { Timing } from '../domain/runEvent.ts';
import { measured, missing, type Score } from '../domain/score.ts';
import type { EvaluatorRunner } from '../ports/evaluatorRunner.ts';
import type { JudgeModel } from '../ports/judgeModel.ts';

/** One output and all that is known about it. */
export interface EvaluationInput {
  readonly output: string;
  /** The reference answer; undefined when the case has none. */
  readonly expected?: string;
  /** The case's variables, without `expected`. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  readonly timing: Timing;
  readonly costUsd: number | null;
  /** What the model was asked, rendered for the judges that look at it. */
  readonly messages?: () => readonly ChatMessage[];
  /** The file's own `jsonSchema`. */
  readonly jsonSchema?: JsonObject;
  /** Handed to custom evaluators as it is. */
  readonly metadata?: JsonObject;
  /** A/B only: the other variants' outputs for the same case and repetition. */
  readonly opponents?: readonly string[];
  /** Where a custom evaluator's path starts from. */
  readonly promptFile?: { readonly path: string; readonly workspaceFolder: string };
}

/** The parts of the world that some evaluators need; without one, their score is missing. */
export interface EvaluationPorts {
  readonly judge?: JudgeModel;
  readonly scripts?: EvaluatorRunner;
}

/** What an evaluator found, before weight, threshold and `not`. */
export interface Finding {
  readonly score: Score;
  readonly reason?: string;
  readonly judge?: JudgeUse;
  readonly failureCode?: FailureCode;
}

export interface EvaluatorCall {
  readonly input: EvaluationInput;
  /** The evaluator's `with`. */
  readonly settings: JsonObject;
  readonly compat: 'gh-models' | undefined;
  readonly ports: EvaluationPorts;
  readonly signal: AbortSignal;
}

export interface Evaluator {
  /** Yes/no evaluators pass at 1, graded ones at 0.5, unless the file says otherwise. */
  readonly scale: 'yes-no' | 'graded';
  readonly evaluate: (call: EvaluatorCall) => Finding | Promise<Finding>;
}

export function yesNo(yes: boolean, reasonIfNo?: string): Finding {
  return yes || reasonIfNo === undefined
    ? { score: measured(yes ? 1 : 0) }
    : { score: measured(0), reason: reasonIfNo };
}

export function graded(value: number, reason?: string): Finding {
  return { score: measured(value), ...(reason !== undefined && { reason }) };
}

/** An empty reference answer asks for an empty output. */
export function againstNothing(isEmpty: boolean): Finding {
  return isEmpty ? graded(1) : graded(0, '`expected` is empty, the output is not');
}

export function withoutScore(reason: string): Finding {
  return { score: missing(reason) };
}

/** An evaluator that compares the output with the reference answer. */
export function againstExpected(
  scale: Evaluator['scale'],
  compare: (output: string, expected: string, settings: JsonObject) => Finding,
): Evaluator {
  return {
    scale,
    evaluate: ({ input, settings }) =>
      input.expected === undefined
        ? withoutScore('The case has no `expected` to compare with. Add it to the test data.')
        : compare(input.output, input.expected, settings),
  };
}
