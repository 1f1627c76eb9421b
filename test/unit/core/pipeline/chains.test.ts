import { expect, test } from 'vitest';
import type { ChainStep, PromptFile } from '../../../../src/core/domain/promptFile.ts';
import { applyRunEvent } from '../../../../src/core/domain/runRecord.ts';
import type { Planned } from '../../../../src/core/domain/runPlan.ts';
import type { JsonValue } from '../../../../src/core/domain/json.ts';
import { createPipeline } from '../../../../src/core/pipeline/createPipeline.ts';
import type { PromptLookup } from '../../../../src/core/ports/promptLookup.ts';
import { collect, engineWorld } from '../../../support/engineWorld.ts';
import { chain, parsedFixture, prompt, skill } from '../../../support/parsedFixture.ts';

const never = new AbortController().signal;

const step = (use: string, parts: Partial<ChainStep> = {}): ChainStep => ({
  name: use,
  use,
  with: {},
  modelParameters: {},
  ...parts,
});

/** A prompt whose answer shows what it was given. */
const says = (name: string, reply: string, parts: object = {}): PromptFile =>
  prompt({
    name,
    messages: [{ role: 'user', content: '{{input}}' }],
    modelParameters: { options: { scripted: { reply } } },
    ...parts,
  });

const parsed = (file: PromptFile) =>
  parsedFixture(
    file,
    `/w/${file.name}.prompt.yaml`,
    '',
    Object.fromEntries(
      [0, 1, 2].map((index) => [
        `steps.${index}.use`,
        { start: { line: 10 + index, column: 0 }, end: { line: 10 + index, column: 1 } },
      ]),
    ),
  );

const lookup = (files: readonly PromptFile[]): PromptLookup => ({
  find(reference) {
    const file = files.find(({ name }) => name === reference);
    return Promise.resolve(
      file === undefined ? { status: 'not-found' } : { status: 'found', file: parsed(file) },
    );
  },
});

const planOf = (
  file: PromptFile,
  files: readonly PromptFile[],
  inputs: Record<string, JsonValue> = { input: 'start' },
): Promise<Planned> =>
  createPipeline(engineWorld({ prompts: lookup([...files, file]) })).plan(
    { file: parsed(file), workspaceFolder: '/w', inputs },
    never,
  );

async function run(file: PromptFile, files: readonly PromptFile[], inputs?: Record<string, JsonValue>) {
  const planned = await planOf(file, files, inputs);
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  // A plan is plain data: what is stored runs the same.
  const plan = JSON.parse(JSON.stringify(planned.plan)) as typeof planned.plan;
  const events = await collect(createPipeline(engineWorld()).execute(plan, never));
  return events.reduce(applyRunEvent, null);
}

const problemsOf = (planned: Planned): string[] =>
  planned.status === 'invalid'
    ? planned.diagnostics.map(({ code, message, range }) => `${range.start.line} ${code}: ${message}`)
    : [planned.status];

test('each step reads the previous output; the events show every input and output', async () => {
  const file = chain({ steps: [step('first'), step('second'), step('third')] });
  const files = ['first', 'second', 'third'].map((name) => says(name, `${name}({{input}})`));
  const record = await run(file, files);
  expect(record?.state).toBe('finished');
  expect(record?.plannedCells).toBe(3);
  expect(record?.cells.map((cell) => [cell.step, cell.request.variables['input'], cell.output])).toEqual([
    ['first', 'start', 'first(start)'],
    ['second', 'first(start)', 'second(first(start))'],
    ['third', 'second(first(start))', 'third(second(first(start)))'],
  ]);
});

test('`with` reaches the input, the previous and any earlier output, and inputs of the chain', async () => {
  const file = chain({
    steps: [
      step('first'),
      step('second', { with: { input: '{{input}}|{{previous}}' } }),
      step('third', {
        with: { input: '{{steps.first.output}}+{{steps.second.output}}+{{tone}}', list: '{{items}}' },
      }),
    ],
  });
  const files = ['first', 'second', 'third'].map((name) => says(name, `${name}({{input}})`));
  const record = await run(file, files, { input: 'start', tone: 'warm', items: [1, 2] });
  expect(record?.cells.at(-1)?.output).toBe('third(first(start)+second(start|first(start))+warm)');
  expect(record?.cells.at(-1)?.request.variables['list']).toEqual([1, 2]);
});

test('an output that looks like a template is not read as one', async () => {
  const file = chain({ steps: [step('first'), step('second', { with: { input: '<{{previous}}>' } })] });
  const files = [says('first', 'ask {{{{input}}'), says('second', '{{input}}')];
  expect((await run(file, files))?.cells.at(-1)?.output).toBe('<ask {{input}}>');
});

test('a failing step halts the chain and keeps what there is', async () => {
  const failing = says('second', '', {
    modelParameters: { options: { scripted: { reply: 'half', fail: { code: 'rejected', afterChunks: 1 } } } },
  });
  const file = chain({ steps: [step('first'), step('second'), step('third')] });
  const record = await run(file, [says('first', 'one'), failing, says('third', 'three')]);
  expect(record?.state).toBe('failed');
  expect(record?.cells.map((cell) => [cell.output, cell.result?.failure?.code])).toEqual([
    ['one', undefined],
    ['half', 'rejected'],
  ]);
});

test('every step is checked before the first call', async () => {
  const needy = skill({ name: 'needy', instructions: 'Write in {{language}}.' });
  const file = chain({ steps: [step('first'), step('needy'), step('nowhere')] });
  expect(problemsOf(await planOf(file, [says('first', 'x'), needy]))).toEqual([
    '11 unset-variable: Step "needy" gives no value for the variable "language" of "needy". Add `language` under `with`.',
    '12 unknown-prompt: There is no prompt, skill or chain "nowhere". Names and paths relative to this file are looked up in the workspace.',
  ]);
  const mended = chain({ steps: [step('first'), step('needy', { with: { language: '{{previous}}' } })] });
  expect((await planOf(mended, [says('first', 'x'), needy])).status).toBe('ready');
});

test('a chain in a chain: its steps carry both names, its output goes on', async () => {
  const inner = chain({ name: 'inner', steps: [step('a'), step('b')] });
  const file = chain({ name: 'outer', steps: [step('a'), step('inner', { name: 'twice' }), step('b')] });
  const record = await run(file, [says('a', 'a({{input}})'), says('b', 'b({{input}})'), inner]);
  expect(record?.cells.map((cell) => [cell.cellId, cell.output])).toEqual([
    ['a', 'a(start)'],
    ['twice/a', 'a(a(start))'],
    ['twice/b', 'b(a(a(start)))'],
    ['b', 'b(b(a(a(start))))'],
  ]);
});

test('a chain that contains itself is refused, the way spelled out', async () => {
  const loop = chain({ name: 'loop', steps: [step('between')] });
  const between = chain({ name: 'between', steps: [step('loop')] });
  const outer = chain({ name: 'outer', steps: [step('loop')] });
  expect(problemsOf(await planOf(outer, [loop, between]))).toEqual([
    '10 chain-cycle: This chain would contain itself: loop → between → loop.',
  ]);
});

test('chains of chains that multiply beyond measure are refused', async () => {
  const level = (index: number): PromptFile =>
    chain({
      name: `level-${index}`,
      steps: [0, 1].map((side) => step(index === 0 ? 'leaf' : `level-${index - 1}`, { name: `s${side}` })),
    });
  const levels = Array.from({ length: 30 }, (_, index) => level(index));
  const planned = await planOf(level(30), [says('leaf', 'x'), ...levels]);
  expect(problemsOf(planned).join()).toContain('more than 1000 calls');
});

test('the step beats the chain, the chain beats the file, the run beats all; parameters likewise', async () => {
  const file = chain({
    modelParameters: { maxTokens: 100, temperature: 0.1 },
    model: 'scripted/of-chain',
    steps: [
      step('a'),
      step('a', { name: 'own', model: 'scripted/of-step', modelParameters: { temperature: 1 } }),
    ],
  });
  const record = await run(file, [says('a', 'x', { model: 'of-file' })]);
  expect(
    record?.cells.map(({ route, request: { parameters } }) => [
      route.model,
      parameters.temperature,
      parameters.maxTokens,
    ]),
  ).toEqual([
    ['of-chain', 0.1, 100],
    ['of-step', 1, 100],
  ]);
});

test('an output that breaks an enum fails its step in words', async () => {
  const strict = says('strict', 'x', { variables: { input: { required: true, enum: ['yes', 'no'] } } });
  const record = await run(chain({ steps: [step('first'), step('strict')] }), [
    says('first', 'maybe'),
    strict,
  ]);
  expect(record?.cells.at(-1)?.result?.failure).toMatchObject({
    code: 'rejected',
    message: 'The variable "input" must be one of yes, no; it is "maybe".',
  });
});
