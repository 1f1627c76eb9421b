import { expect, test } from 'vitest';
import { builtInEvaluatorNames } from '../../../../src/core/domain/evaluatorName.ts';
import { evaluators } from '../../../../src/core/evaluation/evaluators.ts';
import { evaluatorNames } from '../../../../src/core/formats/schema/evaluatorNames.ts';

test('what a file may name is what there is', () => {
  expect(Object.keys(evaluators).sort()).toEqual([...builtInEvaluatorNames].sort());
  expect(Object.keys(evaluatorNames).sort()).toEqual([...builtInEvaluatorNames].sort());
});
