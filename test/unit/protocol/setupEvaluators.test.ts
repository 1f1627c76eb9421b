import { expect, test } from 'vitest';
import { builtInEvaluatorNames } from '../../../src/core/domain/evaluatorName.ts';
import { createPromptFile } from '../../../src/core/formats/edit/createPromptFile.ts';
import { parsePromptFile } from '../../../src/core/formats/parsePromptFile.ts';
import {
  evaluatorForms,
  evaluatorKindOf,
  evaluatorKinds,
  newEvaluator,
} from '../../../src/protocol/setupEvaluators.ts';
import { judgeSchema, stringRulesSchema } from '../../../src/core/formats/schema/evaluatorSchema.ts';
import { formOf } from '../../../src/core/formats/schema/schemaShape.ts';

test('the form offers every evaluator that a file can name', () => {
  expect([...evaluatorKinds].sort()).toEqual([...builtInEvaluatorNames, 'string', 'llm', 'script'].sort());
});

test.each([
  ['string', stringRulesSchema],
  ['llm', judgeSchema],
] as const)('every parameter of %s has its field', (kind, schema) => {
  const form = formOf(schema);
  const keys = form.form === 'mapping' ? Object.keys(form.keys) : [];
  expect(evaluatorForms[kind].fields.map(({ path }) => path[1]).toSorted()).toEqual(keys.toSorted());
});

test.each(evaluatorKinds)('a new %s is one that its file accepts', (kind) => {
  const evaluator = newEvaluator(kind);
  expect(evaluatorKindOf(evaluator)).toBe(kind);
  const value = { kind: 'abtest', variants: ['a', 'b'], evaluators: [evaluator] };
  const { file, diagnostics } = parsePromptFile(createPromptFile(value), 'x.prompt.yaml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(file?.evaluators).toHaveLength(1);
});

test('what the form does not know, it says so', () => {
  for (const other of [null, 'x', [], {}, { uses: 'promptly/unheard-of' }, { uses: 3 }]) {
    expect(evaluatorKindOf(other)).toBeNull();
  }
});
