import type { BuiltInEvaluatorName } from '../domain/evaluatorName.ts';
import { contains } from './contains.ts';
import { cost } from './cost.ts';
import type { Evaluator } from './evaluator.ts';
import { exactMatch } from './exactMatch.ts';
import { jsonSchema } from './jsonSchema.ts';
import { jsonValid } from './jsonValid.ts';
import { latency } from './latency.ts';
import { lengthSimilarity } from './lengthSimilarity.ts';
import { levenshtein } from './levenshtein.ts';
import { numeric } from './numeric.ts';
import { pairwiseJudge } from './pairwiseJudge.ts';
import { rougeL } from './rougeL.ts';
import { criteriaJudge, rubricJudge } from './rubricJudge.ts';
import { rubrics } from './rubrics.ts';
import { wordOverlap } from './wordOverlap.ts';

/** What a file's `uses` names. The `string` and `llm` evaluators and scripts are found in `findEvaluator.ts`. */
export const evaluators: Readonly<Record<BuiltInEvaluatorName, Evaluator>> = {
  'promptly/exact-match': exactMatch,
  'promptly/contains': contains,
  'promptly/length-similarity': lengthSimilarity,
  'promptly/word-overlap': wordOverlap,
  'promptly/json-valid': jsonValid,
  'promptly/json-schema': jsonSchema,
  'promptly/levenshtein': levenshtein,
  'promptly/rouge-l': rougeL,
  'promptly/numeric': numeric,
  'promptly/latency': latency,
  'promptly/cost': cost,
  'promptly/judge': criteriaJudge,
  'promptly/pairwise-judge': pairwiseJudge,
  'github/similarity': rubricJudge(rubrics['github/similarity']),
  'github/coherence': rubricJudge(rubrics['github/coherence']),
  'github/fluency': rubricJudge(rubrics['github/fluency']),
  'github/relevance': rubricJudge(rubrics['github/relevance']),
  'github/groundedness': rubricJudge(rubrics['github/groundedness']),
};
