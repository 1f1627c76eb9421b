import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import type { EvaluatedOutput } from '../../src/core/domain/evaluation.ts';
import type { EvaluatorSpec, StringRules } from '../../src/core/domain/promptFile.ts';
import { evaluateOutput } from '../../src/core/evaluation/evaluateOutput.ts';
import type { EvaluationInput, EvaluationPorts } from '../../src/core/evaluation/evaluator.ts';
import type { JudgeModel, JudgeReply, JudgeRequest } from '../../src/core/ports/judgeModel.ts';

type Part = Partial<EvaluationInput> & { readonly output: string };
type Common = Partial<Pick<EvaluatorSpec, 'name' | 'weight' | 'threshold' | 'not' | 'compat'>>;

export const never = new AbortController().signal;

export function inputOf(part: Part): EvaluationInput {
  return { variables: {}, timing: { totalMs: 100, firstTextMs: 10 }, costUsd: null, ...part };
}

export function uses(name: string, settings: JsonObject = {}, common: Common = {}): EvaluatorSpec {
  return { type: 'uses', uses: name, with: settings, name, weight: 1, not: false, ...common };
}

export function stringRules(rules: StringRules, common: Common = {}): EvaluatorSpec {
  return { type: 'string', rules, name: 'string', weight: 1, not: false, ...common };
}

export function evaluate(
  specs: readonly EvaluatorSpec[],
  part: Part,
  ports: EvaluationPorts = {},
): Promise<EvaluatedOutput> {
  return evaluateOutput(specs, inputOf(part), ports, never);
}

/** The score of one built-in evaluator; the reason when it is missing. */
export async function scoreOf(
  spec: EvaluatorSpec | string,
  output: string,
  expected?: string,
  variables: Record<string, JsonValue> = {},
): Promise<number | string> {
  const specs = [typeof spec === 'string' ? uses(spec) : spec];
  const { score } = await evaluate(specs, { output, variables, ...(expected !== undefined && { expected }) });
  return score.status === 'measured' ? score.value : score.reason;
}

/** A judge whose replies the test writes, and that remembers what it was asked. */
export function judgeSaying(
  reply: string | ((request: JudgeRequest) => string),
  more: Partial<JudgeReply> = {},
): JudgeModel & { readonly asked: JudgeRequest[] } {
  const asked: JudgeRequest[] = [];
  return {
    asked,
    ask: (request) => {
      asked.push(request);
      return Promise.resolve({
        text: typeof reply === 'string' ? reply : reply(request),
        finishReason: 'stop',
        backend: 'scripted',
        model: 'judge',
        usage: { inputTokens: 100, outputTokens: 10, cachedInputTokens: 0 },
        costUsd: 0.001,
        ...more,
      });
    },
  };
}
