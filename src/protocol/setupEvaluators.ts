import type { JsonObject, JsonValue } from '../core/domain/json.ts';
import type { BuiltInEvaluatorName } from '../core/domain/evaluatorName.ts';
import type { SetupPath } from './setup.ts';

/** One parameter of an evaluator, as the form asks for it. */
export interface EvaluatorField {
  /** Within the evaluator. */
  readonly path: SetupPath;
  readonly label: string;
  /** `long`: text of several lines; `json`: a value written as JSON; `choices`: lines of `answer = score`. */
  readonly kind: 'text' | 'number' | 'long' | 'json' | 'choices';
  readonly placeholder?: string;
}

export const evaluatorGroups = [
  'Rules',
  'Compared with the expected answer',
  'Other measures',
  'Judged by a model',
  'Your own',
] as const;
export type EvaluatorGroup = (typeof evaluatorGroups)[number];

/** `string`, `llm`, the name that `uses` gives, or `script` for a path there. */
export type EvaluatorKind = 'string' | 'llm' | 'script' | BuiltInEvaluatorName;

export interface EvaluatorForm {
  readonly label: string;
  readonly group: EvaluatorGroup;
  /** What it measures, in a sentence. */
  readonly meaning: string;
  readonly fields: readonly EvaluatorField[];
  /** What a new one holds besides `uses`. */
  readonly start?: JsonObject;
}

const model: EvaluatorField = {
  path: ['with', 'modelId'],
  label: 'Judging model',
  kind: 'text',
  placeholder: 'promptly.judge.model, else the model of the run',
};

const judged = (label: string, meaning: string): EvaluatorForm => ({
  label,
  group: 'Judged by a model',
  meaning,
  fields: [model],
});

const compared = (label: string, meaning: string, fields: readonly EvaluatorField[] = []): EvaluatorForm => ({
  label,
  group: 'Compared with the expected answer',
  meaning,
  fields,
});

const rule = (key: string, label: string, placeholder?: string): EvaluatorField => ({
  path: ['string', key],
  label,
  kind: 'text',
  ...(placeholder !== undefined && { placeholder }),
});

/** Every kind of evaluator that the form knows, in the order it offers them. */
export const evaluatorForms: Readonly<Record<EvaluatorKind, EvaluatorForm>> = {
  string: {
    label: 'Text rules',
    group: 'Rules',
    meaning: 'Yes when the answer keeps all rules given. Values may hold {{variables}}.',
    fields: [
      rule('contains', 'Contains'),
      rule('equals', 'Is exactly'),
      rule('startsWith', 'Starts with'),
      rule('endsWith', 'Ends with'),
      rule('matches', 'Matches (regular expression)', '^\\d+ apples$'),
      rule('flags', 'Flags', 'i, m, s'),
    ],
    start: { string: { contains: '' } },
  },
  'promptly/json-valid': {
    label: 'Valid JSON',
    group: 'Rules',
    meaning: 'Yes when the answer is JSON.',
    fields: [],
  },
  'promptly/json-schema': {
    label: 'Keeps to a JSON Schema',
    group: 'Rules',
    meaning: 'Yes when the answer keeps to this schema, or to that of its prompt.',
    fields: [
      { path: ['with', 'schema'], label: 'Schema (JSON)', kind: 'json', placeholder: 'that of the prompt' },
    ],
  },
  'promptly/exact-match': compared('Exact match', 'Yes when the answer is the expected one.'),
  'promptly/contains': compared(
    'Contains the expected answer',
    'Yes when it occurs in the answer, case ignored.',
  ),
  'promptly/word-overlap': compared('Word overlap', 'The share of the expected words that the answer has.'),
  'promptly/rouge-l': compared('ROUGE-L', 'F1 of the longest common sequence of words.'),
  'promptly/levenshtein': compared('Edit distance', '1 less the edit distance over the longer length.'),
  'promptly/length-similarity': compared('Similar length', 'The shorter length over the longer.'),
  'promptly/numeric': compared('Number', "Yes when the answer's last number is the expected one.", [
    { path: ['with', 'tolerance'], label: 'Tolerance', kind: 'number', placeholder: '0' },
    {
      path: ['with', 'relative'],
      label: 'Or as a share of the expected',
      kind: 'number',
      placeholder: '0.05',
    },
  ]),
  'promptly/latency': {
    label: 'Latency',
    group: 'Other measures',
    meaning: '1 up to this time, then less the slower the answer.',
    fields: [{ path: ['with', 'maxMs'], label: 'Milliseconds', kind: 'number', placeholder: 'needed' }],
    start: { with: { maxMs: 2000 } },
  },
  'promptly/cost': {
    label: 'Cost',
    group: 'Other measures',
    meaning: '1 up to this price, then less the dearer the answer.',
    fields: [{ path: ['with', 'maxUsd'], label: 'US dollars', kind: 'number', placeholder: 'needed' }],
    start: { with: { maxUsd: 0.01 } },
  },
  'promptly/judge': {
    label: 'Judge with your criteria',
    group: 'Judged by a model',
    meaning: 'A model gives 1 to 5 by what you ask for, with its reason.',
    fields: [
      {
        path: ['with', 'criteria'],
        label: 'Criteria',
        kind: 'long',
        placeholder: 'Friendly, and says what happens next.',
      },
      { path: ['with', 'rubric'], label: 'What 1 to 5 mean (optional)', kind: 'long' },
      model,
    ],
    start: { with: { criteria: 'Is the answer correct, complete and easy to read?' } },
  },
  'promptly/pairwise-judge': {
    ...judged(
      'Judge of pairs',
      'A model compares two answers, in both orders; a choice that flips is a tie.',
    ),
    fields: [{ path: ['with', 'criteria'], label: 'Criteria', kind: 'long' }, model],
  },
  'github/similarity': judged('Similarity', 'How close the answer is to the expected one.'),
  'github/relevance': judged('Relevance', 'How well it answers the question.'),
  'github/coherence': judged('Coherence', 'How well it hangs together.'),
  'github/fluency': judged('Fluency', 'How well it is written.'),
  'github/groundedness': judged('Groundedness', 'How far it keeps to the context given.'),
  llm: {
    label: 'Judge with your prompt',
    group: 'Judged by a model',
    meaning: 'A model answers your prompt; the last line of its reply is looked up among the answers below.',
    fields: [
      {
        path: ['llm', 'prompt'],
        label: 'Prompt',
        kind: 'long',
        placeholder: 'Is this polite? {{completion}}',
      },
      {
        path: ['llm', 'choices'],
        label: 'Answers and their scores',
        kind: 'choices',
        placeholder: 'yes = 1',
      },
      { path: ['llm', 'systemPrompt'], label: 'System message (optional)', kind: 'long' },
      { ...model, path: ['llm', 'modelId'] },
    ],
    start: {
      llm: {
        prompt: 'Is this a good answer? Reply with yes or no.\n\n{{completion}}',
        choices: [
          { choice: 'yes', score: 1 },
          { choice: 'no', score: 0 },
        ],
      },
    },
  },
  script: {
    label: 'A script of the workspace',
    group: 'Your own',
    meaning: 'Your own program: gets the answer and the case, gives a score from 0 to 1.',
    fields: [
      { path: ['uses'], label: 'Script', kind: 'text', placeholder: './my-evaluator.mjs' },
      { path: ['with', 'timeoutSeconds'], label: 'Stopped after seconds', kind: 'number', placeholder: '30' },
    ],
    start: { uses: './my-evaluator.mjs' },
  },
};

export const evaluatorKinds = Object.keys(evaluatorForms) as readonly EvaluatorKind[];

/** The kind of an evaluator as its file writes it; null for one that the form does not know. */
export function evaluatorKindOf(evaluator: JsonValue | undefined): EvaluatorKind | null {
  if (typeof evaluator !== 'object' || evaluator === null || Array.isArray(evaluator)) return null;
  if (evaluator['string'] !== undefined) return 'string';
  if (evaluator['llm'] !== undefined) return 'llm';
  const { uses } = evaluator;
  if (typeof uses !== 'string') return null;
  if (/^\.{1,2}[\\/]/.test(uses)) return 'script';
  return evaluatorKinds.find((kind) => kind === uses) ?? null;
}

/** A new evaluator of a kind. */
export function newEvaluator(kind: EvaluatorKind): JsonObject {
  const { start = {} } = evaluatorForms[kind];
  return kind === 'string' || kind === 'llm' || kind === 'script' ? start : { uses: kind, ...start };
}
