import type { ChatMessage } from '../domain/chat.ts';
import { measured, missing } from '../domain/score.ts';
import { askJudge, shorten } from './askJudge.ts';
import {
  withoutScore,
  type EvaluationInput,
  type Evaluator,
  type EvaluatorCall,
  type Finding,
} from './evaluator.ts';
import { createFence } from './fence.ts';
import { materialFor, type Section } from './judgeMaterial.ts';
import { parseVerdict, verdictFormat } from './parseVerdict.ts';
import { generalCriteria, generalLevels, type Rubric } from './rubrics.ts';
import { readLines, readModelId, readText } from './judgeSettings.ts';
import { renderForCase } from './renderValues.ts';

/** A judge that gives 1..5 by a fixed rubric. */
export function rubricJudge(rubric: Rubric): Evaluator {
  return { scale: 'graded', evaluate: (call) => judgeByRubric(rubric, call) };
}

/** `promptly/judge`: the file's own `criteria` and `rubric`. */
export const criteriaJudge: Evaluator = {
  scale: 'graded',
  evaluate: (call) => {
    const rubric = readRubric(call);
    return typeof rubric === 'string' ? withoutScore(rubric) : judgeByRubric(rubric, call);
  },
};

async function judgeByRubric(rubric: Rubric, call: EvaluatorCall): Promise<Finding> {
  if (rubric.needsExpected === true && call.input.expected === undefined) {
    return withoutScore('The case has no `expected` to compare with. Add it to the test data.');
  }
  const messages = composeMessages(rubric, call.input);
  const modelId = readModelId(call.settings);
  if (call.compat === 'gh-models') return judgeLikeGitHub(call, modelId, messages);
  const answer = await askJudge(call, modelId, messages, verdictFormat);
  if (answer.status === 'no-answer') return answer.finding;
  const verdict = parseVerdict(answer.text);
  if (verdict === null) {
    const reason = `The judge gave no score from 1 to 5. It said: ${shorten(answer.text)}`;
    return { score: missing(reason), judge: answer.judge };
  }
  return {
    score: measured((verdict.score - 1) / 4),
    reason: shorten(verdict.reason, 2000),
    judge: answer.judge,
  };
}

/** The retired tool's literal rule: the first of 1, 2, 3, 4, 5 that occurs anywhere in the reply; none is 0. */
async function judgeLikeGitHub(
  call: EvaluatorCall,
  modelId: string | null,
  messages: readonly ChatMessage[],
): Promise<Finding> {
  const answer = await askJudge(call, modelId, messages);
  if (answer.status === 'no-answer') return answer.finding;
  const digit = [1, 2, 3, 4, 5].find((candidate) => answer.text.includes(String(candidate))) ?? 1;
  return { score: measured((digit - 1) / 4), reason: shorten(answer.text), judge: answer.judge };
}

function composeMessages(rubric: Rubric, input: EvaluationInput): ChatMessage[] {
  const sections: Section[] = [...materialFor(rubric, input), { label: 'output', text: input.output }];
  const fence = createFence(sections.map(({ text }) => text));
  const system = [
    'You judge the output of a language model. You are fair, strict and brief.',
    fence.note,
    `Criterion: ${rubric.title}\n${rubric.question}`,
    `Scores:\n${rubric.levels.map((level, at) => `${at + 1}: ${level}`).join('\n')}`,
    'First give your reason in one or two sentences, then the score. Reply with JSON only: {"reason": "<your reason>", "score": <1 to 5>}',
  ].join('\n\n');
  const user = [
    ...sections.map(({ label, text }) => fence.wrap(label, text)),
    'Judge the output above.',
  ].join('\n\n');
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
}

function readRubric({ settings, input }: EvaluatorCall): Rubric | string {
  const criteria = readText(settings['criteria']) ?? generalCriteria;
  const rendered = renderForCase(criteria, input);
  if (!rendered.ok) return rendered.reason;
  const levels = readLines(settings['rubric']);
  const shows: Rubric['shows'] = ['input', 'expected'];
  const rubric: Rubric = { title: 'Quality', question: rendered.text, levels: generalLevels, shows };
  if (levels === null) return rubric;
  if (typeof levels === 'string') {
    const text = renderForCase(levels, input);
    return text.ok ? { ...rubric, question: `${rendered.text}\n\n${text.text}` } : text.reason;
  }
  const rows: string[] = [];
  for (const level of levels) {
    const row = renderForCase(level, input);
    if (!row.ok) return row.reason;
    rows.push(row.text);
  }
  const [one, two, three, four, five] = rows;
  if (
    one === undefined ||
    two === undefined ||
    three === undefined ||
    four === undefined ||
    five === undefined
  ) {
    return 'The `rubric` must describe the five scores 1 to 5, or be a text.';
  }
  return { ...rubric, levels: [one, two, three, four, five] };
}
