import { builtInEvaluatorNames, isBuiltInEvaluator, isEvaluatorScript } from '../domain/evaluatorName.ts';
import type { EvaluatorSpec } from '../domain/promptFile.ts';
import { evaluateByChoices } from './choicesJudge.ts';
import type { Evaluator } from './evaluator.ts';
import { evaluators } from './evaluators.ts';
import { scriptEvaluator } from './scriptEvaluator.ts';
import { evaluateStringRules } from './stringRules.ts';

/** The evaluator that a spec names, or what is wrong with the name as text. */
export function findEvaluator(spec: EvaluatorSpec): Evaluator | string {
  switch (spec.type) {
    case 'string':
      return { scale: 'yes-no', evaluate: (call) => evaluateStringRules(spec.rules, call) };
    case 'llm':
      return { scale: 'graded', evaluate: (call) => evaluateByChoices(spec, call) };
    case 'uses':
      if (isBuiltInEvaluator(spec.uses)) return evaluators[spec.uses];
      if (isEvaluatorScript(spec.uses)) return scriptEvaluator(spec.uses);
      return unknownEvaluator(spec.uses);
  }
}

function unknownEvaluator(uses: string): string {
  return `There is no evaluator \`${uses}\`. Known are ${builtInEvaluatorNames.join(', ')}, and scripts such as \`./my-evaluator.mjs\`.`;
}
