import * as z from 'zod/mini';
import type { JsonObject } from '../../domain/json.ts';
import {
  anyMapping,
  atLeast,
  between,
  checkedLater,
  list,
  mapping,
  meaning,
  optional,
  text,
  textOf,
  verbatim,
} from './fields.ts';
import { evaluatorNames } from './evaluatorNames.ts';

/** Written, with something after it. */
const has = (key: string): JsonObject => ({
  required: [key],
  properties: { [key]: { not: { type: 'null' } } },
});

const ruleNames = ['equals', 'contains', 'startsWith', 'endsWith', 'matches'] as const;

const stringRules = mapping({
  equals: optional('The trimmed answer is exactly this. Case counts.', verbatim()),
  contains: optional('This occurs in the answer, case ignored.', verbatim()),
  startsWith: optional('The trimmed answer begins with this, case ignored.', verbatim()),
  endsWith: optional('The trimmed answer ends with this, case ignored.', verbatim()),
  matches: optional('A regular expression (RE2 syntax) that matches somewhere in the answer.', verbatim()),
  flags: optional(
    'For `matches`: `i` ignores case, `m` lets ^ and $ match at lines, `s` lets . match line ends.',
    text(),
  ),
});

export const stringRulesSchema = checkedLater(
  { anyOf: ruleNames.map((required) => ({ required: [required] })) },
  stringRules,
);

export const judgeSchema = mapping({
  modelId: optional(
    'The judging model. Default: the setting `promptly.judge.model`, else the model of the run.',
    text(),
  ),
  prompt: meaning(
    'What the judge is asked. `{{completion}}` is the answer; all keys of the test case are variables.',
    verbatim(),
  ),
  systemPrompt: optional("The judge's system message.", verbatim()),
  choices: meaning(
    "What the last line of the judge's reply may say, and the score of each.",
    checkedLater(
      { minItems: 1 },
      list(
        mapping({
          choice: meaning('A word of the reply.', verbatim()),
          score: meaning('0..1', z.number()),
        }),
      ),
    ),
  ),
});

const evaluator = mapping({
  name: optional('What the score is called.', text()),
  weight: optional("Its share in the case's quality. Default 1; 0 is shown but does not count.", atLeast(0)),
  threshold: optional(
    'A score of this or more passes. Default: 1 for yes/no evaluators, 0.5 for graded ones.',
    between(0, 1),
  ),
  not: optional('true turns a score s into 1 − s.', z.boolean()),
  compat: optional(
    "`gh-models` asks for that tool's literal way of reading a judge's reply.",
    z.enum(['gh-models']),
  ),
  string: optional('Rules the answer must keep, all of them. Score 1 or 0.', stringRulesSchema),
  llm: optional('A model judges the answer by your own prompt.', judgeSchema),
  uses: optional(
    'A ready-made evaluator, or a script `./my-evaluator.mjs`.',
    textOf(Object.keys(evaluatorNames)),
  ),
  with: optional('Settings of the evaluator that `uses` names.', anyMapping()),
});

export const evaluatorSchema = checkedLater({ oneOf: [has('string'), has('llm'), has('uses')] }, evaluator);

export const evaluatorsKey = {
  evaluators: optional(
    'How answers are scored. Default: `promptly/word-overlap` for cases with `expected`.',
    list(evaluatorSchema),
  ),
};
