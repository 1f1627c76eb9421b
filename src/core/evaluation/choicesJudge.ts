import type { ChatMessage } from '../domain/chat.ts';
import { measured, missing } from '../domain/score.ts';
import { askJudge, shorten } from './askJudge.ts';
import { withoutScore, type EvaluatorCall, type Finding } from './evaluator.ts';
import { createFence } from './fence.ts';
import { matchChoice } from './matchChoice.ts';
import { renderForCase } from './renderValues.ts';

export interface ChoicesQuestion {
  readonly modelId?: string;
  readonly prompt: string;
  readonly systemPrompt?: string;
  readonly choices: readonly { readonly choice: string; readonly score: number }[];
}

/** A judge with the file's own prompt: the last line of its reply names one of the choices. */
export async function evaluateByChoices(question: ChoicesQuestion, call: EvaluatorCall): Promise<Finding> {
  if (question.choices.length === 0) return withoutScore('The judge has no `choices`. Add at least one.');
  const messages = composeMessages(question, call);
  if (typeof messages === 'string') return withoutScore(messages);
  const answer = await askJudge(call, question.modelId ?? null, messages);
  if (answer.status === 'no-answer') return answer.finding;
  const { text, judge } = answer;
  const index =
    call.compat === 'gh-models'
      ? matchAnywhere(text, question.choices)
      : matchLastLine(text, question.choices);
  if (typeof index === 'string') return { score: missing(`${index} It said: ${shorten(text)}`), judge };
  const score = question.choices[index]?.score ?? 0;
  return { score: measured(score), reason: shorten(text), judge };
}

function matchLastLine(reply: string, choices: ChoicesQuestion['choices']): number | string {
  const match = matchChoice(
    reply,
    choices.map(({ choice }) => choice),
  );
  if (match.status === 'matched') return match.index;
  return match.status === 'none'
    ? "The last line of the judge's reply is none of the choices."
    : "The last line of the judge's reply names several choices.";
}

/** The retired tool's literal rule: the first choice that occurs anywhere; -1, and with it 0, when none does. */
function matchAnywhere(reply: string, choices: ChoicesQuestion['choices']): number {
  const text = reply.trim().toLowerCase();
  return choices.findIndex(({ choice }) => text.includes(choice.toLowerCase()));
}

function composeMessages(question: ChoicesQuestion, call: EvaluatorCall): ChatMessage[] | string {
  const { input } = call;
  const literal = call.compat === 'gh-models';
  const fence = createFence([input.output]);
  const completion = literal ? input.output : fence.wrap('output', input.output, 'inline');
  const prompt = renderForCase(question.prompt, input, { completion });
  const system = renderForCase(question.systemPrompt ?? '', input, { completion });
  if (!prompt.ok) return prompt.reason;
  if (!system.ok) return system.reason;
  const rules = literal ? system.text : [system.text, fence.note].filter((part) => part !== '').join('\n\n');
  const user: ChatMessage = { role: 'user', content: prompt.text };
  return rules === '' ? [user] : [{ role: 'system', content: rules }, user];
}
