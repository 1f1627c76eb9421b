import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvaluatorSpec } from '../../../../src/core/domain/promptFile.ts';
import { evaluate, judgeSaying, scoreOf, stringRules, uses } from '../../../support/evaluating.ts';

const yes = (weight: number): EvaluatorSpec => stringRules({ contains: 'a' }, { weight, name: 'yes' });
const no = (weight: number): EvaluatorSpec => stringRules({ contains: 'z' }, { weight, name: 'no' });
const gone = (weight: number): EvaluatorSpec => uses('promptly/exact-match', {}, { weight, name: 'gone' });

describe('quality', () => {
  test('is the weighted mean', async () => {
    expect((await evaluate([yes(3), no(1)], { output: 'a' })).score).toEqual({
      status: 'measured',
      value: 0.75,
    });
  });

  test('is missing, with the reason, when one with a weight is missing', async () => {
    const { score, passed } = await evaluate([yes(3), gone(1)], { output: 'a' });
    expect(score).toMatchObject({ status: 'missing', reason: expect.stringMatching(/^gone: /) as string });
    expect(passed).toBeNull();
  });

  test('does not mind what has no weight', async () => {
    const { score, passed, evaluations } = await evaluate([yes(1), gone(0), no(0)], { output: 'a' });
    expect(score).toEqual({ status: 'measured', value: 1 });
    expect(passed).toBe(true);
    expect(evaluations.map((evaluation) => evaluation.passed)).toEqual([true, null, false]);
  });

  test('is missing when nothing has a weight', async () => {
    expect((await evaluate([yes(0)], { output: 'a' })).score.status).toBe('missing');
  });

  test('without evaluators is word overlap, or success', async () => {
    const overlap = await evaluate([], { output: 'a b', expected: 'a c' });
    expect(overlap.evaluations).toMatchObject([{ name: 'promptly/word-overlap', passed: true }]);
    expect(overlap.score).toEqual({ status: 'measured', value: 0.5 });
    expect(await evaluate([], { output: '' })).toEqual({
      score: { status: 'measured', value: 1 },
      passed: true,
      evaluations: [],
    });
  });
});

describe('passing', () => {
  test('yes/no evaluators pass at 1, graded ones at 0.5, or as the file says', async () => {
    const half = { output: 'a b', expected: 'a c' };
    expect((await evaluate([uses('promptly/word-overlap')], half)).passed).toBe(true);
    expect((await evaluate([uses('promptly/word-overlap', {}, { threshold: 0.51 })], half)).passed).toBe(
      false,
    );
    expect((await evaluate([stringRules({ contains: 'z' }, { threshold: 0 })], half)).passed).toBe(true);
    expect((await evaluate([yes(1), no(1)], half)).passed).toBe(false);
  });

  test('`not` turns the score round before the threshold', async () => {
    const spec = uses('promptly/word-overlap', {}, { not: true, threshold: 0.75 });
    const { score, passed } = await evaluate([spec], { output: 'a', expected: 'a b c d' });
    expect(score).toEqual({ status: 'measured', value: 0.75 });
    expect(passed).toBe(true);
    const unknown = await evaluate([uses('promptly/exact-match', {}, { not: true })], { output: 'a' });
    expect(unknown.score.status).toBe('missing');
  });
});

test.each([
  [{ maxMs: 100 }, 1],
  [{ maxMs: 50 }, 0.5],
  [{ maxMs: 0 }, 0],
])('latency of 100 ms with %j scores %d', async (settings, score) => {
  expect(await scoreOf(uses('promptly/latency', settings), '')).toBe(score);
});

test('cost: 1 up to the limit, then the ratio; an unknown price or no limit is missing', async () => {
  const cost = async (costUsd: number | null, maxUsd?: number): Promise<unknown> => {
    const spec = uses('promptly/cost', maxUsd === undefined ? {} : { maxUsd });
    return (await evaluate([spec], { output: '', costUsd })).score;
  };
  expect(await cost(0.01, 0.01)).toEqual({ status: 'measured', value: 1 });
  expect(await cost(0.04, 0.01)).toEqual({ status: 'measured', value: 0.25 });
  expect(await cost(0, 0)).toEqual({ status: 'measured', value: 1 });
  expect(await cost(null, 0.01)).toMatchObject({ status: 'missing' });
  expect(await cost(0.01)).toMatchObject({
    status: 'missing',
    reason: expect.stringContaining('maxUsd') as string,
  });
});

test('an unknown name is a missing score, never a pass', async () => {
  const { score, passed } = await evaluate([uses('promptly/nonsense')], { output: 'a' });
  expect(score).toMatchObject({
    status: 'missing',
    reason: expect.stringContaining('promptly/nonsense') as string,
  });
  expect(passed).toBeNull();
});

test('a choice’s score outside 0..1 is a missing score', async () => {
  const spec: EvaluatorSpec = {
    type: 'llm',
    name: 'llm',
    weight: 1,
    not: false,
    prompt: '{{completion}}',
    choices: [{ choice: 'ok', score: 7 }],
  };
  const { score } = await evaluate([spec], { output: 'a' }, { judge: judgeSaying('ok') });
  expect(score).toMatchObject({
    status: 'missing',
    reason: expect.stringContaining('between 0 and 1') as string,
  });
});

const textMeasures = [
  'exact-match',
  'contains',
  'length-similarity',
  'word-overlap',
  'levenshtein',
  'rouge-l',
  'numeric',
].map((name) => `promptly/${name}`);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)))
    .map((units) => units.join('')),
  fc.constantFrom(
    '',
    '\ud800',
    '\udfff\ud800',
    '\u001b[31mred\u001b[0m',
    '\0',
    '{{x}}',
    '-',
    '1e999',
    '.',
    '__proto__',
  ),
);

test('every score lies in 0..1 or is missing, whatever the texts are', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (output, expected) => {
      for (const name of [...textMeasures, 'promptly/json-valid']) {
        const score = await scoreOf(name, output, expected);
        if (typeof score === 'number') expect(score >= 0 && score <= 1).toBe(true);
      }
    }),
  );
});

test.each(['length-similarity', 'levenshtein', 'rouge-l', 'exact-match'])(
  '%s is symmetric, and 1 for equal texts',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (a, b) => {
        const [ab, ba] = [await scoreOf(`promptly/${name}`, a, b), await scoreOf(`promptly/${name}`, b, a)];
        expect(ab).toBe(ba);
        expect(await scoreOf(`promptly/${name}`, a, a)).toBe(1);
      }),
    );
  },
);

test('a megabyte is scored or refused in bounded time', async () => {
  const texts = [
    'a'.repeat(1_000_000),
    'ab '.repeat(330_000),
    '\ud800'.repeat(1_000_000),
    '9'.repeat(1_000_000),
    '1,'.repeat(500_000),
  ];
  const started = performance.now();
  for (const text of texts) {
    for (const name of [...textMeasures, 'promptly/json-valid']) await scoreOf(name, text, 'ab 1,000 cd');
  }
  expect(performance.now() - started).toBeLessThan(15_000);
});
