import type { ChatMessage, ResponseFormat } from '../domain/chat.ts';
import type { JudgeUse } from '../domain/evaluation.ts';
import { measured, missing } from '../domain/score.ts';
import { addUse, askJudge, shorten } from './askJudge.ts';
import {
  withoutScore,
  type EvaluationInput,
  type Evaluator,
  type EvaluatorCall,
  type Finding,
} from './evaluator.ts';
import { createFence } from './fence.ts';
import { dataOf } from './judgeMaterial.ts';
import { readModelId, readText } from './judgeSettings.ts';
import { matchChoice } from './matchChoice.ts';
import { finalObjectOf, lacksVerdict } from './parseVerdict.ts';
import { renderForCase } from './renderValues.ts';
import { generalCriteria } from './rubrics.ts';

type Preference = 'first' | 'second' | 'tie';
const preferences: readonly Preference[] = ['first', 'second', 'tie'];

const preferenceFormat: ResponseFormat = {
  type: 'json_schema',
  name: 'preference',
  strict: true,
  schema: {
    type: 'object',
    properties: {
      reason: { type: 'string', description: 'Why, in one or two sentences' },
      preference: { type: 'string', enum: [...preferences] },
    },
    required: ['reason', 'preference'],
    additionalProperties: false,
  },
};

/**
 * A/B only: a preferred output scores 1, the other 0, a tie 0.5; against several opponents, their mean. The judge sees
 * each pair in both orders; a preference that does not survive the swap is a tie. Both sides of a pair put the same
 * two questions, which are asked once.
 */
export const pairwiseJudge: Evaluator = {
  scale: 'graded',
  evaluate: async (call) => {
    const { opponents } = call.input;
    if (opponents === undefined || opponents.length === 0) {
      return withoutScore('`promptly/pairwise-judge` compares two variants: it works in A/B tests only.');
    }
    const criteria = renderForCase(readText(call.settings['criteria']) ?? generalCriteria, call.input);
    if (!criteria.ok) return withoutScore(criteria.reason);
    let sum = 0;
    let judge: JudgeUse | undefined;
    const reasons: string[] = [];
    for (const opponent of opponents) {
      const finding = await judgePair(opponent, criteria.text, call);
      judge = addUse(judge, finding.judge);
      if (finding.score.status === 'missing') return { ...finding, ...(judge && { judge }) };
      sum += finding.score.value;
      if (finding.reason !== undefined) reasons.push(finding.reason);
    }
    return { score: measured(sum / opponents.length), reason: reasons.join('\n'), ...(judge && { judge }) };
  },
};

async function judgePair(opponent: string, criteria: string, call: EvaluatorCall): Promise<Finding> {
  const { output } = call.input;
  if (output === opponent) return { score: measured(0.5), reason: 'The outputs are the same.' };
  const ahead = await askPreference(output, opponent, criteria, call);
  if ('finding' in ahead) return ahead.finding;
  const behind = await askPreference(opponent, output, criteria, call);
  const judge = addUse(ahead.judge, 'finding' in behind ? behind.finding.judge : behind.judge);
  if ('finding' in behind) return { ...behind.finding, ...(judge && { judge }) };
  const wins = ahead.preference === 'first' && behind.preference === 'second';
  const loses = ahead.preference === 'second' && behind.preference === 'first';
  const value = wins ? 1 : loses ? 0 : 0.5;
  const flipped = ahead.preference === behind.preference && ahead.preference !== 'tie';
  const reason = flipped ? 'The preference flipped with the order: a tie.' : ahead.reason;
  return { score: measured(value), reason: shorten(reason), ...(judge && { judge }) };
}

type Answer =
  | { readonly preference: Preference; readonly reason: string; readonly judge: JudgeUse }
  | { readonly finding: Finding };

async function askPreference(
  first: string,
  second: string,
  criteria: string,
  call: EvaluatorCall,
): Promise<Answer> {
  const messages = composeMessages(first, second, criteria, call.input);
  const sharing = { isSharedByRivals: true } as const;
  const answer = await askJudge(call, readModelId(call.settings), messages, preferenceFormat, sharing);
  if (answer.status === 'no-answer') return { finding: answer.finding };
  const parsed = parsePreference(answer.text);
  if (parsed !== null) return { ...parsed, judge: answer.judge };
  const reason = `The judge gave no preference. It said: ${shorten(answer.text)}`;
  return { finding: { score: missing(reason), judge: answer.judge } };
}

function parsePreference(reply: string): { preference: Preference; reason: string } | null {
  const object = finalObjectOf(reply);
  if (object !== null) {
    const named = object['preference'];
    const preference = preferences.find((item) => typeof named === 'string' && named.toLowerCase() === item);
    const reason = object['reason'];
    return preference === undefined ? null : { preference, reason: typeof reason === 'string' ? reason : '' };
  }
  if (lacksVerdict(reply, 'preference')) return null;
  const match = matchChoice(reply, preferences);
  const preference = match.status === 'matched' ? preferences[match.index] : undefined;
  return preference === undefined ? null : { preference, reason: reply };
}

function composeMessages(
  first: string,
  second: string,
  criteria: string,
  input: EvaluationInput,
): ChatMessage[] {
  // Not the messages: each side would be judged by its own prompt, and both could win.
  const request = dataOf(input.variables);
  const reference = input.expected ?? '';
  // Sorted: the fence's key must not depend on the order either.
  const fence = createFence([request, reference, ...[first, second].sort()]);
  const system = [
    'You compare two outputs of language models for the same input. You are fair, strict and brief. Which one comes first means nothing.',
    fence.note,
    `Criteria:\n${criteria}`,
    'Say which output meets the criteria better; "tie" when neither does. First give your reason in one or two sentences. Reply with JSON only: {"reason": "<your reason>", "preference": "first" | "second" | "tie"}',
  ].join('\n\n');
  const user = [
    fence.wrap('input', request),
    ...(input.expected === undefined ? [] : [fence.wrap('reference', reference)]),
    fence.wrap('first-output', first),
    fence.wrap('second-output', second),
    'Compare the first and the second output above.',
  ].join('\n\n');
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
}
