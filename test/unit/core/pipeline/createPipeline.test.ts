import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyRunEvent } from '../../../../src/core/domain/runRecord.ts';
import type { RunRecord } from '../../../../src/core/domain/runRecord.ts';
import type { Planned, RunPlan } from '../../../../src/core/domain/runPlan.ts';
import type { Prompt, PromptFile } from '../../../../src/core/domain/promptFile.ts';
import { createPipeline } from '../../../../src/core/pipeline/createPipeline.ts';
import type { RunRequest } from '../../../../src/core/pipeline/pipeline.ts';
import type { BackendHealth, ModelBackend } from '../../../../src/core/ports/modelBackend.ts';
import { collect, engineWorld, textOf } from '../../../support/engineWorld.ts';
import { parsedFixture, prompt, skill } from '../../../support/parsedFixture.ts';

let folder = '';
let outside = '';
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-pipeline-'));
  outside = await mkdtemp(path.join(tmpdir(), 'promptly-outside-'));
  await writeFile(path.join(outside, 'secret.md'), 'the secret');
  await mkdir(path.join(folder, 'docs'));
  await writeFile(path.join(folder, 'docs', 'checklist.md'), '- be kind {{not_a_variable}}\n');
  await writeFile(path.join(folder, 'docs', 'large.md'), 'x'.repeat(2_000));
  await writeFile(path.join(folder, 'docs', 'binary.md'), Buffer.from([0xff, 0xfe, 0x00]));
  await symlink(path.join(outside, 'secret.md'), path.join(folder, 'docs', 'link.md'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(outside, { recursive: true });
});

const request = (file: PromptFile, more: Partial<RunRequest> = {}, text = ''): RunRequest => ({
  file: parsedFixture(file, path.join(folder, 'a.prompt.yaml'), text, {
    'messages.0.content': { start: { line: 2, column: 0 }, end: { line: 4, column: 0 } },
    'files.0': { start: { line: 7, column: 4 }, end: { line: 7, column: 20 } },
  }),
  workspaceFolder: folder,
  inputs: {},
  ...more,
});

const ready = (planned: Planned): RunPlan => {
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  return planned.plan;
};
const problemsOf = (planned: Planned): string[] =>
  planned.status === 'invalid'
    ? planned.diagnostics.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`)
    : [planned.status];

describe('planning', () => {
  const pipeline = createPipeline(engineWorld({ settings: { skillFileLimitBytes: 1_000 } }));
  const plan = (file: PromptFile, more: Partial<RunRequest> = {}, text = ''): Promise<Planned> =>
    pipeline.plan(request(file, more, text), never);

  test('a value for no variable is said, with the name that was meant', async () => {
    const file = prompt({
      variables: { text: { required: true } },
      messages: [{ role: 'user', content: '{{text}}' }],
    });
    const planned = await plan(file, { inputs: { text: 'a', txt: 'b' } });
    if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
    expect(planned.warnings.map(({ code, severity }) => [code, severity])).toEqual([
      ['unused-input', 'warning'],
    ]);
    expect(planned.warnings[0]?.message).toContain('Did you mean `text`?');
    expect((await plan(file, { inputs: { text: 'a' } })) as unknown).toMatchObject({ warnings: [] });
  });

  test('renders messages with inputs and defaults', async () => {
    const file = prompt({
      messages: [{ role: 'user', content: '{{greeting}} {{name}}' }],
      variables: { greeting: { default: 'Hi', required: false } },
    });
    const { calls } = ready(await plan(file, { inputs: { name: 'Ada {{greeting}}' } }));
    expect(calls[0]?.request.messages).toEqual([{ role: 'user', content: 'Hi Ada {{greeting}}' }]);
    expect(calls[0]?.request.parameters).toEqual({ temperature: 0.7, maxTokens: 4096 });
    expect(calls[0]?.route).toEqual({
      backend: 'scripted',
      model: 'script',
      reason: 'the file names scripted',
    });
  });

  test('an unset variable is found on its own line, once', async () => {
    const text = 'kind: prompt\nmessages:\n- role: user\n  content: |\n    Hello {{ name }} and {{name}}\n';
    const planned = await plan(
      prompt({ messages: [{ role: 'user', content: '{{ name }} {{name}}' }] }),
      {},
      text,
    );
    expect(problemsOf(planned)).toEqual(['4:10 unset-variable']);
  });

  test('required and enum are checked before any call', async () => {
    const variables: Prompt['variables'] = {
      name: { required: true },
      tone: { required: false, enum: ['warm', 5] },
    };
    expect(problemsOf(await plan(prompt({ variables }), { inputs: { tone: 'cold' } })).sort()).toEqual([
      '0:0 enum-violation',
      '2:0 unset-variable',
    ]);
    expect((await plan(prompt({ variables }), { inputs: { name: 'x', tone: '5' } })).status).toBe('ready');
  });

  test('attached files follow the instructions and are no templates', async () => {
    const file = skill({ files: ['docs/checklist.md'] });
    const { calls } = ready(await plan(file, { inputs: { input: 'code' } }));
    expect(calls[0]?.request.messages).toEqual([
      {
        role: 'system',
        content: 'Review.\n\n<file path="docs/checklist.md">\n- be kind {{not_a_variable}}\n</file>',
      },
      { role: 'user', content: 'code' },
    ]);
  });

  test.each([
    ['docs/nothing.md', 'missing-file'],
    ['docs/large.md', 'file-too-large'],
    ['docs/binary.md', 'unreadable-file'],
    ['docs', 'unreadable-file'],
    ['docs/link.md', 'outside-workspace'],
    ['../nothing-there.md', 'outside-workspace'],
  ])('%s is refused on its line: %s', async (name, code) => {
    const planned = await plan(skill({ files: [name] }), { inputs: { input: 'x' } });
    expect(problemsOf(planned)).toEqual([`7:4 ${code}`]);
  });

  test('a parameter the model does not take is told only when somebody asked for it', async () => {
    const picky: ModelBackend = {
      ...deadBackend('claude', { status: 'ready', detail: '' }),
      notApplied: () => [{ parameter: 'temperature', reason: 'not taken' }],
    };
    const own = createPipeline(engineWorld({ backends: [picky] }));
    const notApplied = async (file: PromptFile): Promise<unknown> =>
      ready(await own.plan(request(file, { inputs: { name: 'x' } }), never)).calls[0]?.notApplied;
    expect(await notApplied(prompt({ backend: 'claude' }))).toEqual([]);
    expect(await notApplied(prompt({ backend: 'claude', modelParameters: { temperature: 1 } }))).toHaveLength(
      1,
    );
  });
});

const deadBackend = (id: ModelBackend['id'], health: BackendHealth, models: string[] = []): ModelBackend => ({
  id,
  defaultModel: 'default',
  notApplied: () => [],
  listModels: () => Promise.resolve(models.map((model) => ({ id: model }))),
  checkHealth: () => Promise.resolve(health),
  stream: () => {
    throw new Error('not part of this test');
  },
});

describe('auto', () => {
  const down: BackendHealth = { status: 'unavailable', detail: 'refused', hint: '' };
  const up: BackendHealth = { status: 'ready', detail: 'answers' };
  const setup: BackendHealth = { status: 'needs-setup', detail: 'no model yet', hint: '' };
  const route = async (backends: ModelBackend[], model?: string): Promise<string> => {
    const { backend, ...file } = prompt(model === undefined ? {} : { model });
    expect(backend).toBe('scripted');
    const planned = await createPipeline(engineWorld({ backends })).plan(
      request(file, { inputs: { name: 'x' } }),
      never,
    );
    if (planned.status === 'ready') {
      const call = planned.plan.calls[0];
      // Only where nobody chose.
      expect(call?.route.automatic).toBe(model === undefined ? true : undefined);
      return `${call?.route.backend}/${call?.route.model}`;
    }
    return planned.status === 'failed' ? planned.failure.code : 'invalid';
  };

  test('takes the first that answers, in the fixed order', async () => {
    expect(await route([deadBackend('openai', up), deadBackend('ollama', up)])).toBe('ollama/llama3.2:3b');
    expect(await route([deadBackend('claude', up), deadBackend('ollama', down)])).toBe(
      'claude/claude-sonnet-5-5',
    );
  });

  test('what needs set-up comes after all that answer', async () => {
    expect(await route([deadBackend('copilot', setup), deadBackend('builtin', up)])).toBe('builtin/default');
    expect(await route([deadBackend('builtin', setup), deadBackend('ollama', down)])).toBe('builtin/default');
  });

  test('never takes the scripted backend, and says that nobody answers', async () => {
    expect(await route([])).toBe('backend-not-running');
  });

  test('a named model goes to the first that has it', async () => {
    const backends = [deadBackend('ollama', up, ['llama3:latest']), deadBackend('openai', up, ['qwen'])];
    expect(await route(backends, 'qwen')).toBe('openai/qwen');
    expect(await route(backends, 'llama3')).toBe('ollama/llama3');
    expect(await route(backends, 'nobody-has-it')).toBe('model-not-found');
  });
});

describe('executing', () => {
  const run = async (script: Record<string, never> | object, signal = never): Promise<RunRecord | null> => {
    const pipeline = createPipeline(engineWorld({ settings: { retryDelaySeconds: 0.001 } }));
    const file = prompt({ modelParameters: { options: { scripted: script as never } } });
    const plan = ready(await pipeline.plan(request(file, { inputs: { name: 'Ada' } }), never));
    const events = await collect(pipeline.execute(plan, signal));
    expect(events.at(-1)?.type).toBe('run-finished');
    return events.reduce(applyRunEvent, null);
  };

  test('streams the answer and finishes', async () => {
    const record = await run({ reply: 'Good day, {{name}}!' });
    expect(record).toMatchObject({
      state: 'finished',
      cells: [{ output: 'Good day, Ada!', result: { failure: null, attempts: 1, finishReason: 'stop' } }],
    });
  });

  test('without a script it says that it is one', async () => {
    expect((await run({}))?.cells[0]?.output).toContain('This answer is scripted; no model was asked.');
  });

  test('retries what another attempt may mend', async () => {
    const record = await run({ reply: 'ok', fail: { code: 'rate-limited', times: 2 } });
    expect(record?.cells[0]?.attempts.map((attempt) => attempt.failure?.code)).toEqual([
      'rate-limited',
      'rate-limited',
      undefined,
    ]);
    expect(record?.cells[0]?.result).toMatchObject({ output: 'ok', attempts: 3, failure: null });
  });

  test('keeps what had arrived when it breaks off, and does not try again', async () => {
    const record = await run({ reply: 'one two three', fail: { code: 'unreachable', afterChunks: 2 } });
    expect(record).toMatchObject({
      state: 'failed',
      cells: [{ result: { output: 'one two', failure: { code: 'interrupted' }, attempts: 1 } }],
    });
  });

  test('cancelled in the middle, it keeps the text and ends as cancelled', async () => {
    const pipeline = createPipeline(engineWorld());
    const file = prompt({
      modelParameters: { options: { scripted: { reply: 'a b c d', chunkDelayMs: 5_000 } } },
    });
    const plan = ready(await pipeline.plan(request(file, { inputs: { name: 'Ada' } }), never));
    const user = new AbortController();
    const events = [];
    for await (const event of pipeline.execute(plan, user.signal)) {
      events.push(event);
      if (event.type === 'text-delta') user.abort();
    }
    expect(textOf(events)).toBe('a');
    expect(events.reduce(applyRunEvent, null)).toMatchObject({
      state: 'cancelled',
      cells: [{ result: { output: 'a', failure: { code: 'cancelled' } } }],
    });
  });
});
