import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBuiltinBackend } from '../../../../../src/adapters/backends/builtin/builtinBackend.ts';
import { workerEnvironment } from '../../../../../src/adapters/backends/builtin/workerProcess.ts';
import type { ModelBackend, ModelEvent } from '../../../../../src/core/ports/modelBackend.ts';
import { silentLog } from '../../../../support/engineWorld.ts';

// The real backend with a real child process; only what runs inside that process is the test's.
const never = new AbortController().signal;
let folder: string;
let backend: ModelBackend;

const prelude = `
  const finish = (id) => process.send({ type: 'finish', id, finishReason: 'stop', rawFinishReason: 'x',
    inputTokens: 1, outputTokens: 1, loadMs: null, modelVersion: String(process.pid) });
  process.on('disconnect', () => process.exit(0));
`;

async function open(worker: string, idleShutdownMs = 60_000): Promise<ModelBackend> {
  const workerPath = path.join(folder, 'worker.cjs');
  await writeFile(workerPath, prelude + worker);
  backend = createBuiltinBackend({
    model: path.join(folder, 'm.gguf'),
    runtimePath: folder,
    storageFolder: folder,
    workerPath,
    idleShutdownMs,
    log: silentLog,
  });
  return backend;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'promptly-builtin-'));
  const library = path.join(folder, 'node_modules', 'node-llama-cpp');
  await mkdir(library, { recursive: true });
  await writeFile(path.join(library, 'package.json'), '{"name":"node-llama-cpp","version":"3.22.1"}');
  const header = Buffer.alloc(64);
  header.write('GGUF', 'latin1');
  header.writeUInt32LE(3, 4);
  header.writeBigUInt64LE(2n, 8);
  header.writeBigUInt64LE(2n, 16);
  await writeFile(path.join(folder, 'm.gguf'), header);
});
afterEach(() => backend.dispose?.());

async function run(text: string, signal = never, onEvent: (event: ModelEvent) => void = () => undefined) {
  const events: ModelEvent[] = [];
  const request = {
    model: path.join(folder, 'm.gguf'),
    messages: [{ role: 'user', content: text } as const],
    parameters: {},
    responseFormat: { type: 'text' } as const,
    variables: {},
  };
  for await (const event of backend.stream(request, signal)) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

const crashOnDemand = `process.on('message', (m) => {
  if (m.type !== 'generate') return;
  process.send({ type: 'text', id: m.id, text: 'half' });
  if (m.messages[0].content === 'crash') setTimeout(() => process.abort(), 50);
  else finish(m.id);
});`;

test('a crash in the middle is a failure in words, and a fresh process answers next', async () => {
  await open(crashOnDemand);
  await expect(run('crash')).rejects.toMatchObject({
    name: 'BackendError',
    code: 'interrupted',
    retryable: false,
  });
  expect((await run('hello')).map((event) => event.type)).toEqual(['text-delta', 'finish']);
});

test('a worker that dies at once, or is not there, is told too', async () => {
  await open('process.exit(7);');
  await expect(run('hello')).rejects.toMatchObject({
    message: expect.stringContaining('exit code 7') as string,
  });
});

test('messages that are none of the protocol are ignored', async () => {
  await open(`process.on('message', (m) => { process.send('noise'); process.send({ type: 'text', id: m.id });
    process.send({ type: 'text', id: m.id + 100, text: 'of another' }); finish(m.id); });`);
  expect((await run('hello')).map((event) => event.type)).toEqual(['finish']);
});

test('cancel reaches the worker, ends the stream at once, and the process lives on', async () => {
  await open(`process.on('message', (m) => {
    if (m.type === 'cancel') setTimeout(() => process.send({ type: 'stopped', id: m.id }), 500);
    else if (m.messages[0].content === 'long') process.send({ type: 'text', id: m.id, text: String(process.pid) });
    else finish(m.id);
  });`);
  const controller = new AbortController();
  let pid = '';
  let abortedAtMs = 0;
  const long = run('long', controller.signal, (event) => {
    if (event.type === 'text-delta') pid = event.text;
    abortedAtMs = performance.now();
    controller.abort();
  });
  await expect(long).rejects.toThrow();
  expect(performance.now() - abortedAtMs).toBeLessThan(200);
  const [finish] = await run('short');
  expect(finish).toMatchObject({ type: 'finish', modelVersion: pid });
});

test('two at once: the second is sent when the first has ended', async () => {
  await open(`let busy = 0; process.on('message', (m) => { busy++;
    setTimeout(() => { process.send({ type: 'text', id: m.id, text: String(busy) }); busy--; finish(m.id); }, 50); });`);
  const answers = await Promise.all([run('a'), run('b'), run('c')]);
  expect(answers.flat().filter((event) => event.type === 'text-delta' && event.text !== '1')).toEqual([]);
});

test('after a time of rest the process is ended, and started again when needed', async () => {
  await open(`process.on('message', (m) => finish(m.id));`, 50);
  const pidOf = async () => {
    const [finish] = await run('x');
    return Number(finish?.type === 'finish' ? finish.modelVersion : 0);
  };
  const first = await pidOf();
  await expect.poll(() => isAlive(first)).toBe(false);
  expect(await pidOf()).not.toBe(first);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a failure of the worker keeps its code and hint', async () => {
  await open(`process.on('message', (m) => process.send({ type: 'failed', id: m.id, code: 'context-too-long',
    message: 'too long', hint: 'shorten' }));`);
  await expect(run('x')).rejects.toMatchObject({
    code: 'context-too-long',
    message: 'too long',
    hint: 'shorten',
  });
});

test('without runtime and model: model-not-found with what would be downloaded, and health says needs-setup', async () => {
  const storageFolder = path.join(folder, 'empty');
  backend = createBuiltinBackend({ model: '', runtimePath: '', storageFolder, log: silentLog });
  const health = await backend.checkHealth(never);
  expect(health).toMatchObject({ status: 'needs-setup' });
  const hint = 'hint' in health ? health.hint : '';
  expect(hint).toMatch(/Qwen2\.5 0\.5B.*491 MB, Apache-2\.0, checksum pinned/);
  const request = { ...(await requestFor()), model: backend.defaultModel ?? '' };
  await expect(backend.stream(request, never)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'model-not-found',
    hint,
  });
});

const requestFor = () =>
  Promise.resolve({
    messages: [],
    parameters: {},
    responseFormat: { type: 'text' } as const,
    variables: {},
  });

test('the worker is given no keys and nothing of the editor', () => {
  const environment = workerEnvironment({
    PATH: '/bin',
    ANTHROPIC_API_KEY: 'secret',
    GITHUB_TOKEN: 'secret',
    NODE_OPTIONS: '--inspect',
    VSCODE_IPC_HOOK: 'x',
  });
  expect(environment).toEqual({ PATH: '/bin', ELECTRON_RUN_AS_NODE: '1' });
});
