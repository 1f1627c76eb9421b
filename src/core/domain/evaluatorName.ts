/** What `uses` may name, besides the path of a script. `core/evaluation/evaluators.ts` says what each does. */
export const builtInEvaluatorNames = [
  'github/similarity',
  'github/coherence',
  'github/fluency',
  'github/relevance',
  'github/groundedness',
  'promptly/exact-match',
  'promptly/contains',
  'promptly/length-similarity',
  'promptly/word-overlap',
  'promptly/json-valid',
  'promptly/json-schema',
  'promptly/levenshtein',
  'promptly/rouge-l',
  'promptly/numeric',
  'promptly/latency',
  'promptly/cost',
  'promptly/judge',
  'promptly/pairwise-judge',
] as const;

export type BuiltInEvaluatorName = (typeof builtInEvaluatorNames)[number];

export function isBuiltInEvaluator(uses: string): uses is BuiltInEvaluatorName {
  return (builtInEvaluatorNames as readonly string[]).includes(uses);
}

/** `./my-evaluator.mjs`: a program of the user's own, relative to the prompt file. */
export function isEvaluatorScript(uses: string): boolean {
  return /^\.{1,2}[\\/].+\.mjs$/.test(uses);
}
