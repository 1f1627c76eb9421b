import type { BuiltInEvaluatorName } from '../../domain/evaluatorName.ts';

/** Every evaluator a file can name, with what it measures. */
export const evaluatorNames: Readonly<Record<BuiltInEvaluatorName, string>> = {
  'github/similarity': 'A judge: how close the answer is to `expected` (1..5).',
  'github/coherence': 'A judge: how well the answer hangs together (1..5).',
  'github/fluency': 'A judge: how well it is written (1..5).',
  'github/relevance': 'A judge: how well it answers the question (1..5).',
  'github/groundedness': 'A judge: how far it keeps to the given context (1..5).',
  'promptly/exact-match': 'The trimmed answer is the trimmed `expected`.',
  'promptly/contains': '`expected` occurs in the answer, case ignored.',
  'promptly/length-similarity': 'The shorter length over the longer one, answer against `expected`.',
  'promptly/word-overlap': "The share of `expected`'s words that the answer has.",
  'promptly/json-valid': 'The answer is valid JSON.',
  'promptly/json-schema': "The answer keeps to `with.schema`, or to the file's `jsonSchema`.",
  'promptly/levenshtein': '1 − edit distance over the longer length.',
  'promptly/rouge-l': 'F1 of the longest common subsequence of words.',
  'promptly/numeric': "The answer's last number against `expected`, within `with.tolerance`.",
  'promptly/latency': '1 up to `with.maxMs`, then less the slower.',
  'promptly/cost': '1 up to `with.maxUsd`, then less the dearer.',
  'promptly/judge': 'A judge with your own criteria and rubric (1..5).',
  'promptly/pairwise-judge': 'A/B tests only: a judge compares two answers, in both orders.',
};
