import { expect, test } from 'vitest';
import { createFailure } from '../../../../../src/core/domain/createFailure.ts';
import type { CellResult, RunEvent } from '../../../../../src/core/domain/runEvent.ts';
import { RunTranscript } from '../../../../../src/hosts/vscode/output/runTranscript.ts';

const cellId = 'cell-1';
const started: Extract<RunEvent, { type: 'cell-started' }> = {
  type: 'cell-started',
  cellId,
  route: { backend: 'ollama', model: 'm', reason: 'the file says so' },
  request: {
    model: 'm',
    messages: [],
    parameters: { temperature: 0.7, maxTokens: 10 },
    responseFormat: { type: 'text' },
    variables: {},
  },
  notApplied: [{ parameter: 'seed', reason: 'it takes none' }],
};
const result: CellResult = {
  output: 'Hi',
  failure: null,
  timing: { totalMs: 1234, firstTextMs: 200 },
  usage: { inputTokens: 3, outputTokens: null, cachedInputTokens: null },
  costUsd: null,
  attempts: 1,
  cached: false,
  finishReason: 'stop',
};
const shown = (...events: RunEvent[]): string => {
  const transcript = new RunTranscript((id) => (id === 'ollama' ? 'Ollama' : id));
  return events.map((event) => transcript.event(event)).join('');
};

test('header, text and footer, each on lines of its own', () => {
  expect(
    shown(
      started,
      { type: 'text-delta', cellId, text: 'H' },
      { type: 'text-delta', cellId, text: 'i' },
      { type: 'cell-finished', cellId, result },
    ),
  ).toBe(
    [
      'Backend: Ollama · Model: m',
      'Why: the file says so',
      'Parameters: temperature 0.7, maxTokens 10',
      'Not applied: seed (it takes none)',
      '',
      'Hi',
      '',
      '✓ Done · first text 0.20 s · total 1.23 s · tokens 3 in, ? out · 1 attempt',
      '─'.repeat(60),
      '',
    ].join('\n'),
  );
});

test('waits between attempts are said; thinking is told once and not shown', () => {
  const failure = createFailure('rate-limited', 'Too many requests.');
  const text = shown(
    { type: 'attempt-failed', cellId, attempt: 1, failure, retryInMs: 2_000 },
    { type: 'reasoning-delta', cellId, text: 'secret thought' },
    { type: 'reasoning-delta', cellId, text: 'another' },
  );
  expect(text).toBe('· Attempt 1 failed: Too many requests. Next in 2.00 s.\n· thinking…\n');
});

test('a failure says what happened and what to do, after the text that had arrived', () => {
  const failure = createFailure('interrupted', 'The connection broke.');
  const text = shown(
    { type: 'text-delta', cellId, text: 'half' },
    { type: 'cell-finished', cellId, result: { ...result, failure, costUsd: 0.0123, attempts: 2 } },
  );
  expect(text).toContain('half\n\n✗ The connection broke.\n  Run it again; what had arrived is kept.\nEnded');
  expect(text).toContain('$0.0123 · 2 attempts');
});

test('problems are shown as file:line:column', () => {
  const range = { start: { line: 2, column: 4 }, end: { line: 2, column: 6 } };
  const problem = { path: '/w/a', code: 'x', severity: 'error', message: 'Wrong.', range } as const;
  expect(new RunTranscript().problems([problem], (path) => path.slice(3))).toBe('a:3:5 error Wrong.\n');
  expect(new RunTranscript().problems([], (path) => path)).toBe('');
});

test('a recorded answer says so; what costs nothing says nothing of cost', () => {
  const text = shown({ type: 'cell-finished', cellId, result: { ...result, costUsd: 0, cached: true } });
  expect(text).toContain(
    '✓ Done · recorded answer, no model was asked (Run Again asks anew); the times are those of the recording · ',
  );
  expect(text).not.toContain('$');
});

test('a model that is a file is shown by its name, not by where it lies', () => {
  const route = { backend: 'builtin', model: '/home/ada/models/tiny.gguf', reason: '' } as const;
  const text = shown({ ...started, route });
  expect(text).toContain('Model: tiny.gguf\n');
  expect(text).not.toContain('/home/ada');
});

test('a chain shows what each step was given, the reason once, and how it went as a whole', () => {
  const step = (name: string, content: string): RunEvent[] => [
    {
      ...started,
      step: name,
      notApplied: [],
      request: { ...started.request, messages: [{ role: 'user', content }] },
    },
    { type: 'text-delta', cellId, text: `${name} said` },
    { type: 'cell-finished', cellId, result: { ...result, usage: { ...result.usage, outputTokens: 2 } } },
  ];
  const finished: RunEvent = { type: 'run-finished', state: 'finished', finishedAt: '' };
  const long = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  const text = shown(...step('one', 'first\ninput'), ...step('two', long), finished);
  expect(text).toContain(
    'Step 1: one\nBackend: Ollama · Model: m\nWhy: the file says so\nParameters: temperature 0.7, maxTokens 10\nInput:\n  │ first\n  │ input\n\none said\n',
  );
  expect(text).toContain('Step 2: two\nBackend: Ollama · Model: m\nParameters');
  expect(text).toContain('  │ line 19\n  │ … 10 more lines\n\ntwo said');
  expect(text.endsWith('✓ Chain done: 2 steps · total 2.47 s · tokens 6 in, 4 out\n')).toBe(true);
});

test('a chain that breaks off says where; a single call has no line more', () => {
  const finished: RunEvent = { type: 'run-finished', state: 'failed', finishedAt: '' };
  const steps: RunEvent[] = ['one', 'two'].flatMap((step) => [
    { ...started, step },
    { type: 'cell-finished', cellId, result },
  ]);
  expect(shown(...steps, finished)).toContain('Chain ended at step 2');
  expect(shown(started, finished)).toBe(shown(started));
});

test('a run that is stopped while it waits for its turn does not speak of attempts and tokens', () => {
  const failure = createFailure('cancelled', 'Cancelled.');
  const waiting: CellResult = {
    ...result,
    output: '',
    failure,
    attempts: 0,
    timing: { totalMs: 500, firstTextMs: null },
  };
  const text = shown(started, { type: 'cell-finished', cellId, result: waiting });
  // Set apart by one blank line, though no text came between header and footer.
  expect(text).toContain('(it takes none)\n\n■ Cancelled\nEnded · total 0.50 s · no model was asked\n');
});
