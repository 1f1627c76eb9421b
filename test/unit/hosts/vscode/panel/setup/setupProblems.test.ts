import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../src/core/domain/json.ts';
import type { Locate } from '../../../../../../src/core/domain/promptFile.ts';
import { createPromptFile } from '../../../../../../src/core/formats/edit/createPromptFile.ts';
import { parsePromptFile } from '../../../../../../src/core/formats/parsePromptFile.ts';
import { readYaml } from '../../../../../../src/core/formats/yaml/readYaml.ts';
import { pathAt, problemsOfText } from '../../../../../../src/hosts/vscode/panel/setup/setupProblems.ts';

const place = (path: string, { line, column }: { line: number; column: number }): string =>
  `${path}:${line + 1}:${column + 1}`;

function problemsIn(text: string) {
  const parsed = parsePromptFile(text, 'a.prompt.yaml');
  return problemsOfText(parsed, readYaml(text).value, place).map((problem) => [
    problem.path.join('.'),
    problem.severity,
  ]);
}

describe('what is wrong with the text is shown at its field', () => {
  test.each<[string, string, string]>([
    ['a number out of its range', 'confidence: 2', 'confidence'],
    ['a text for a number', 'repetitions: many', 'repetitions'],
    ['a part of the budget', 'budget: { maxCalls: 0 }', 'budget.maxCalls'],
    ['an unknown metric', 'evaluators: []\nmetric: speed', 'metric'],
    [
      'a parameter of an evaluator',
      'evaluators:\n  - uses: promptly/latency\n    with: { maxMs: -1 }',
      'evaluators.0.with.maxMs',
    ],
    ['a parameter that is missing', 'evaluators:\n  - uses: promptly/latency', 'evaluators.0'],
    ['an unknown evaluator', 'evaluators:\n  - uses: promptly/speed', 'evaluators.0.uses'],
  ])('%s', (_, more, field) => {
    expect(problemsIn(`kind: abtest\nvariants: [a, b]\n${more}\n`)).toContainEqual([field, 'error']);
  });

  test('variants', () => {
    const text =
      'kind: abtest\nvariants:\n  - prompt: a\n    modelParameters:\n      temperature: 9\n  - label: b\n';
    expect(problemsIn(text)).toEqual([
      ['variants.0.modelParameters.temperature', 'error'],
      ['variants.1', 'error'],
    ]);
    expect(problemsIn('kind: abtest\nvariants: [a]\n')).toEqual([['variants', 'error']]);
  });
});

test('every part of a file is found at its own place', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1'), minLength: 1, maxLength: 3 });
  const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string({ minLength: 1 }));
  const anyFile = fc.dictionary(
    key,
    fc.oneof(leaf, fc.array(fc.dictionary(key, leaf, { minKeys: 1 }), { minLength: 1 })),
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  );
  fc.assert(
    fc.property(anyFile, (value) => {
      const given = JSON.parse(JSON.stringify(value)) as JsonObject;
      const text = createPromptFile(given);
      const tree = readYaml(text);
      const { value: read } = tree;
      const locate: Locate = (path, part) => tree.locate(path, part);
      for (const [name, part] of Object.entries(given)) {
        const inner = Array.isArray(part)
          ? Object.keys(part[0] as JsonObject).map((each) => [name, 0, each])
          : [[name]];
        for (const path of inner) {
          expect(pathAt(read, locate, locate(path, 'value').start)).toEqual(path);
        }
      }
    }),
    { numRuns: 300 },
  );
});
