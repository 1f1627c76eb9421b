import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExperimentPlan, ExperimentPlanned } from '../../../../../src/core/domain/experimentPlan.ts';
import { createPipeline } from '../../../../../src/core/pipeline/createPipeline.ts';
import type {
  AdHocTest,
  ExperimentOverrides,
} from '../../../../../src/core/pipeline/experiments/experimentRequests.ts';
import { orderOf, plannedUnits } from '../../../../../src/core/pipeline/experiments/plannedUnits.ts';
import { parsePromptFile } from '../../../../../src/core/pipeline/language.ts';
import { engineWorld } from '../../../../support/engineWorld.ts';

let folder = '';
const never = new AbortController().signal;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-plan-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { experiments } = createPipeline(engineWorld());
const fileAt = (name: string): string => path.join(folder, name);
const parsed = (name: string, text: string) => parsePromptFile(text, fileAt(name));

const letter = `name: letter
backend: scripted
variables:
  tone: {enum: [calm, glad]}
messages:
  - role: user
    content: Write to {{who}} in a {{tone}} tone.
`;

function plan(
  test: Partial<AdHocTest>,
  groupBy?: string,
  more: ExperimentOverrides = {},
): Promise<ExperimentPlanned> {
  const prompt = parsed('letter.prompt.yaml', letter);
  const base: AdHocTest = {
    name: 'letters',
    path: fileAt('letters.prompt.yaml'),
    variants: [
      { label: 'one', prompt },
      { label: 'two', prompt, modelParameters: { temperature: 0 } },
    ],
    ...test,
  };
  const overrides = { ...more, ...(groupBy !== undefined && { groupBy }) };
  return experiments.plan({ test: base, workspaceFolder: folder, overrides }, never);
}

const problemsOf = (planned: ExperimentPlanned): string[] =>
  planned.status === 'invalid'
    ? planned.diagnostics.map(
        ({ path: file, range, code, message }) =>
          `${path.basename(file)}:${range.start.line + 1} ${code} ${message}`,
      )
    : [planned.status];

const ready = (planned: ExperimentPlanned): ExperimentPlan => {
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  return planned.plan;
};

describe('cases are checked before the first call', () => {
  test('a case without a variable is an error at the place that uses it', async () => {
    const testData = [
      { id: 'fine', variables: { who: 'Ada', tone: 'calm' } },
      { id: 'short', variables: { tone: 'glad' } },
    ];
    const problems = problemsOf(await plan({ testData }));
    expect(problems).toContainEqual(
      expect.stringMatching(/^letter\.prompt\.yaml:7 unset-variable Case short: .*"?who"?/),
    );
  });

  test('a value outside its enum is an error that names the case, the value and what is allowed', async () => {
    const testData = [
      { id: 'fine', variables: { who: 'Ada', tone: 'calm' } },
      { id: 'loud', variables: { who: 'Bob', tone: 'furious' } },
      { id: 'sour', variables: { who: 'Cem', tone: 'sour' } },
    ];
    const problems = problemsOf(await plan({ testData }));
    for (const [id, value] of [
      ['loud', 'furious'],
      ['sour', 'sour'],
    ]) {
      const found = problems.find((problem) => problem.includes(`Case ${id}:`));
      expect(found).toMatch(/^letter\.prompt\.yaml:\d+ \S+ Case .*calm.*glad/);
      expect(found).toContain(value);
    }
  });

  test('a variable of an evaluator that no case sets is an error before anything is paid for', async () => {
    const text = `${letter}testData:
  - {who: Ada, tone: calm, expected: Dear Ada}
  - {who: Bob, tone: glad}
evaluators:
  - string: {contains: '{{expected}}', matches: '{{who}}'}
  - name: kind
    llm:
      prompt: Does {{completion}} greet {{whom}}?
      choices: [{choice: 'yes', score: 1}]
`;
    const file = parsed('greeting.prompt.yaml', text);
    const tests = (used: typeof file) =>
      experiments.planTests({ files: [used], workspaceFolder: folder }, never);
    const found = [
      expect.stringMatching(/^greeting\.prompt\.yaml:15 unset-variable The evaluator "kind" uses .*whom/),
    ];
    expect(problemsOf(await tests(file))).toEqual(found);
    const variants = [
      { label: 'one', prompt: file },
      { label: 'two', prompt: file, modelParameters: { temperature: 0 } },
    ];
    expect(problemsOf(await plan({ variants }))).toEqual(found);
    // What only some cases lack costs only them their score.
    expect((await tests(parsed('mended.prompt.yaml', text.replace('whom', 'who')))).status).toBe('ready');
  });

  test('a message that uses `expected`, which every case has, is told why it cannot', async () => {
    const file = parsed(
      'leak.prompt.yaml',
      'backend: scripted\nmessages: [{role: user, content: "{{expected}}"}]\ntestData: [{expected: a}]\n',
    );
    const problems = problemsOf(
      await experiments.planTests({ files: [file], workspaceFolder: folder }, never),
    );
    expect(problems).toEqual([expect.stringMatching(/:2 unset-variable .*reference answer/)]);
  });

  test('the rows of a data file are checked like the others', async () => {
    await writeFile(fileAt('rows.csv'), 'who,tone\nAda,calm\nBob,loud\n');
    const problems = problemsOf(await plan({ testDataFile: './rows.csv' }));
    expect(problems.some((problem) => problem.includes('Case case-2:'))).toBe(true);
  });

  test('without a case there is nothing to run', async () => {
    expect(problemsOf(await plan({ testData: [] }))[0]).toContain('no-test-data');
  });
});

describe('groups and stages', () => {
  const testData = ['a', 'b', 'a', '', 'b', 'c'].map((document, at) => ({
    id: `case-${at + 1}`,
    variables: { who: 'Ada', tone: 'calm', document },
  }));

  test('cases of a group run and count together, a case without one by itself', async () => {
    const { units, horizons } = plannedUnits(ready(await plan({ testData }, 'document')));
    expect(units.toSorted((x, y) => (x[0] ?? 0) - (y[0] ?? 0))).toEqual([[0, 2], [1, 4], [3], [5]]);
    expect(horizons).toEqual([4]);
  });

  test('a key that no case has is an error with those they have', async () => {
    const [problem] = problemsOf(await plan({ testData }, 'chapter'));
    expect(problem).toContain('unknown-group The cases have no "chapter" to group them by.');
    expect(problem).toContain('who, tone, document');
  });

  test('an extension leaves the order of what ran before as it was', async () => {
    const before = ready(await plan({ testData }));
    const order = orderOf(before);
    const after = { ...before, cases: [...before.cases, ...before.cases], stages: [6, 12] };
    expect(orderOf(after).slice(0, 6)).toEqual(order);
    expect(
      orderOf(after)
        .slice(6)
        .toSorted((x, y) => x - y),
    ).toEqual([6, 7, 8, 9, 10, 11]);
    expect(plannedUnits(after).horizons).toEqual([6, 12]);
  });
});

describe('variants that send the same', () => {
  const cases = [{ id: 'one', variables: { who: 'Ada', tone: 'calm' } }];
  const noticesOf = async (other: string): Promise<readonly string[]> => {
    const variants = [
      { label: 'HEAD', prompt: parsed('letter.prompt.yaml', letter) },
      { label: 'working copy', prompt: parsed('letter.prompt.yaml', other) },
    ];
    const planned = await plan({ variants, testData: cases });
    return planned.status === 'ready' ? planned.notices.filter((notice) => /same/.test(notice)) : [];
  };

  test('are named, since a difference between them is chance', async () => {
    const renamed = letter.replace('name: letter', 'name: missive\ndescription: Another word for it.');
    const words = '"HEAD" and "working copy" send the same to the same model';
    expect(await noticesOf(letter)).toEqual([expect.stringContaining(words)]);
    expect(await noticesOf(renamed)).toEqual([expect.stringContaining(words)]);
  });

  test('are not those with another text, model parameter or default', async () => {
    expect(await noticesOf(letter.replace('Write to', 'Write a letter to'))).toEqual([]);
    expect(await noticesOf(`${letter}modelParameters: {temperature: 0.1}\n`)).toEqual([]);
    expect(await noticesOf(letter.replace('glad]}', 'glad], default: calm}'))).toEqual([]);
  });
});

describe('a smallest difference that no score can show', () => {
  const testData = [{ id: 'fine', variables: { who: 'Ada', tone: 'calm' } }];

  test('is refused for scores, where one case would make any variants equivalent', async () => {
    const problems = problemsOf(await plan({ testData }, undefined, { minEffect: 5 }));
    expect(problems).toEqual([
      'letters.prompt.yaml:1 min-effect-range minEffect is a part of the score: 0.05 is 5 points. With 5, no difference would count.',
    ]);
  });

  test('may be a multiple for latency', async () => {
    const planned = await plan({ testData }, undefined, { minEffect: 1.5, metric: 'latency' });
    expect(ready(planned).minEffect).toBe(1.5);
  });
});
