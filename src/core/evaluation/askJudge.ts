import { BackendError } from '../domain/backendError.ts';
import { unknownUsage, type ChatMessage, type ResponseFormat, type Usage } from '../domain/chat.ts';
import type { JudgeUse } from '../domain/evaluation.ts';
import { missing } from '../domain/score.ts';
import type { JudgeReply, JudgeRequest } from '../ports/judgeModel.ts';
import type { EvaluatorCall, Finding } from './evaluator.ts';

/** Room for a reasoned verdict; a judge that needs more has lost the thread. */
const maxTokens = 2048;

export type JudgeAnswer =
  | { readonly status: 'answered'; readonly text: string; readonly judge: JudgeUse }
  | { readonly status: 'no-answer'; readonly finding: Finding };

/** Asks the judge once. A judge that fails or is cut short gives no verdict; only cancellation throws. */
export async function askJudge(
  call: EvaluatorCall,
  modelId: string | null,
  messages: readonly ChatMessage[],
  responseFormat: ResponseFormat = { type: 'text' },
  sharing: Pick<JudgeRequest, 'isSharedByRivals'> = {},
): Promise<JudgeAnswer> {
  const { judge } = call.ports;
  if (judge === undefined) return noAnswer('No model is available to judge with.');
  try {
    const request = {
      modelId,
      messages,
      parameters: { temperature: 0, maxTokens },
      responseFormat,
      ...sharing,
    };
    const reply = await judge.ask(request, call.signal);
    const use = toUse(reply);
    if (reply.finishReason === 'length') return noAnswer("The judge's reply was cut off.", use);
    if (reply.finishReason === 'refusal' || reply.finishReason === 'content-filter') {
      return noAnswer('The judge refused to answer.', use);
    }
    return { status: 'answered', text: reply.text, judge: use };
  } catch (error) {
    call.signal.throwIfAborted();
    if (!BackendError.is(error)) throw error;
    const reason = `The judge could not be asked: ${error.message}`;
    return { status: 'no-answer', finding: { score: missing(reason), failureCode: error.code } };
  }
}

function noAnswer(reason: string, judge?: JudgeUse): JudgeAnswer {
  return { status: 'no-answer', finding: { score: missing(reason), ...(judge && { judge }) } };
}

function toUse({ backend, model, usage, costUsd, notice, isShared }: JudgeReply): JudgeUse {
  const calls = isShared === true ? 0 : 1;
  return { backend, model, calls, usage, costUsd, ...(notice !== undefined && { notice }) };
}

/** Sums what several questions took; unknown plus anything is unknown. */
export function addUse(a: JudgeUse | undefined, b: JudgeUse | undefined): JudgeUse | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    ...a,
    calls: a.calls + b.calls,
    usage: addUsage(a.usage, b.usage),
    costUsd: plus(a.costUsd, b.costUsd),
  };
}

function addUsage(a: Usage, b: Usage): Usage {
  return {
    ...unknownUsage,
    inputTokens: plus(a.inputTokens, b.inputTokens),
    outputTokens: plus(a.outputTokens, b.outputTokens),
    cachedInputTokens: plus(a.cachedInputTokens, b.cachedInputTokens),
  };
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** A reply as it is shown in a reason. */
export function shorten(reply: string, length = 500): string {
  const characters = Array.from(reply.trim().slice(0, 2 * length));
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : characters.join('');
}
