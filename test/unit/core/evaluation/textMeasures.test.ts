import { expect, test } from 'vitest';
import { evaluate, scoreOf, uses } from '../../../support/evaluating.ts';

test.each([
  ['promptly/exact-match', ' Paris\n', 'Paris', 1],
  ['promptly/exact-match', 'paris', 'Paris', 0],
  ['promptly/exact-match', '', '  ', 1],
  ['promptly/contains', 'The capital is PARIS.', 'paris', 1],
  ['promptly/contains', 'The capital is Rome.', 'paris', 0],
  ['promptly/contains', 'anything', '', 1],
  ['promptly/length-similarity', 'abcd', 'ab', 0.5],
  ['promptly/length-similarity', 'ab', 'abcd', 0.5],
  ['promptly/length-similarity', '😀😀', 'abcd', 0.5],
  ['promptly/length-similarity', '', '', 1],
  ['promptly/length-similarity', 'a', '', 0],
  ['promptly/length-similarity', '', 'a', 0],
  ['promptly/word-overlap', 'the Cat sat', 'The cat  the dog', 2 / 3],
  ['promptly/word-overlap', 'cat, dog', 'cat dog', 0.5],
  ['promptly/word-overlap', '', '', 1],
  ['promptly/word-overlap', 'x', '', 0],
  ['promptly/word-overlap', '', 'x', 0],
  ['promptly/levenshtein', 'kitten', 'sitting', 1 - 3 / 7],
  ['promptly/levenshtein', '😀a', '😁a', 0.5],
  ['promptly/levenshtein', '', '', 1],
  ['promptly/levenshtein', '', 'abc', 0],
  ['promptly/levenshtein', 'abc', 'ABC', 0],
  ['promptly/rouge-l', 'police kill the gunman', 'police killed the gunman', 0.75],
  ['promptly/rouge-l', 'the gunman kill police', 'police killed the gunman', 0.5],
  ['promptly/rouge-l', 'A b', 'a B c d', 2 / 3],
  ['promptly/rouge-l', '', '', 1],
  ['promptly/rouge-l', 'a', '', 0],
  ['promptly/rouge-l', 'a', 'b', 0],
  ['promptly/json-valid', ' {"a": [1, 2]}\n', '', 1],
  ['promptly/json-valid', 'null', '', 1],
  ['promptly/json-valid', '```json\n{}\n```', '', 0],
  ['promptly/json-valid', "{'a': 1}", '', 0],
  ['promptly/json-valid', '', '', 0],
])('%s of %j against %j', async (name, output, expected, score) => {
  expect(await scoreOf(name, output, expected)).toBeCloseTo(score, 12);
});

test.each([
  'exact-match',
  'contains',
  'length-similarity',
  'word-overlap',
  'levenshtein',
  'rouge-l',
  'numeric',
])('promptly/%s without `expected` is a missing score', async (name) => {
  expect(await scoreOf(`promptly/${name}`, 'x')).toContain('`expected`');
});

test('texts beyond the bound of the edit distance are missing, not slow', async () => {
  const reason = await scoreOf('promptly/levenshtein', 'ab'.repeat(500_000), 'ba'.repeat(500_001));
  expect(reason).toContain('too long');
});

test('common ends cost nothing, so long and nearly equal texts have a score', async () => {
  const text = 'ab'.repeat(500_000);
  expect(await scoreOf('promptly/levenshtein', `${text}x${text}`, `${text}y${text}`)).toBeCloseTo(1, 5);
});

test.each(['word-overlap', 'length-similarity', 'rouge-l'])(
  '%s says why nothing fits an empty `expected`',
  async (name) => {
    const { evaluations } = await evaluate([uses(`promptly/${name}`)], { output: 'some', expected: '' });
    expect(evaluations[0]).toMatchObject({
      score: { value: 0 },
      reason: '`expected` is empty, the output is not',
    });
  },
);

test.each([
  ['exact-match', 'The output is not "Yes, it is".'],
  ['contains', 'The output does not contain "Yes, it is".'],
])('%s says what was wanted', async (name, reason) => {
  const { evaluations } = await evaluate([uses(`promptly/${name}`)], {
    output: 'No',
    expected: 'Yes, it is',
  });
  expect(evaluations[0]).toMatchObject({ score: { value: 0 }, reason });
});
