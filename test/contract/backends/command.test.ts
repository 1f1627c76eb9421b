import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandBackend } from '../../../src/adapters/backends/command/commandBackend.ts';
import { BackendError } from '../../../src/core/domain/backendError.ts';
import type { ModelRequest } from '../../../src/core/domain/chat.ts';
import { collect, plantedKey, plantedPrompt, until } from './subject.ts';

const open = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-executor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const request: ModelRequest = {
  model: 'mine',
  messages: [{ role: 'user', content: plantedPrompt }],
  parameters: { temperature: 0.5 },
  responseFormat: { type: 'text' },
  variables: { topic: 'tea' },
};

/** A backend that runs `script` with Node. */
async function executor(script: string, timeoutSeconds = 20) {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, script);
  return createCommandBackend({
    name: 'mine',
    command: process.execPath,
    args: [file],
    timeoutSeconds,
    environment: { ...process.env, MY_API_KEY: plantedKey },
  });
}

const run = async (script: string, timeoutSeconds?: number) =>
  collect((await executor(script, timeoutSeconds)).stream(request, open));

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('custom executor', () => {
  it('gets one JSON request on stdin', async () => {
    const { text, finish } = await run(`process.stdin.pipe(process.stdout)`);
    expect(JSON.parse(text)).toEqual({
      messages: request.messages,
      model: 'mine',
      parameters: { temperature: 0.5 },
      vars: { topic: 'tea' },
    });
    expect(finish).toEqual({
      type: 'finish',
      finishReason: 'stop',
      rawFinishReason: null,
      usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null },
    });
  });

  it('answers in plain text, JSON included, whatever its white space', async () => {
    expect((await run(`process.stdout.write('\\n {"answer": 42}\\nand more\\n')`)).text).toBe(
      '\n {"answer": 42}\nand more\n',
    );
    expect((await run(`console.log('[1, 2]')`)).text).toBe('[1, 2]\n');
    expect((await run(``)).text).toBe('');
  });

  it('answers in JSON Lines', async () => {
    const { text, finish, error } = await run(`
      console.log('{"delta": "Hel"}'); console.log('');
      console.log('{"delta": "lo", "later": true}');
      process.stdout.write('{"usage": {"inputTokens": 3, "outputTokens": -1}}');`);
    expect(error).toBeUndefined();
    expect(text).toBe('Hello');
    expect(finish?.usage).toEqual({ inputTokens: 3, outputTokens: null, cachedInputTokens: null });
  });

  it('streams: the first text comes before the program ends', async () => {
    const backend = await executor(`console.log('{"delta": "now"}'); setInterval(() => {}, 1000);`);
    for await (const event of backend.stream(request, open)) {
      expect(event).toEqual({ type: 'text-delta', text: 'now' });
      break;
    }
  });

  it('puts split characters together', async () => {
    const { text } = await run(`
      for (const byte of Buffer.from('Zażółć 日本 🦊')) {
        process.stdout.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }`);
    expect(text).toBe('Zażółć 日本 🦊');
  });

  it('passes on 20 MB', async () => {
    const { text, error } = await run(`process.stdout.write('x'.repeat(20_000_000))`);
    expect(error).toBeUndefined();
    expect(text.length).toBe(20_000_000);
  });

  it('does not mind a program that never reads its input', async () => {
    const big = { ...request, messages: [{ role: 'user' as const, content: 'y'.repeat(2_000_000) }] };
    const backend = await executor(`process.stdin.destroy(); console.log('done')`);
    const { text, error } = await collect(backend.stream(big, open));
    expect([text, error]).toEqual(['done\n', undefined]);
  });

  it('fails with the last lines of stderr, without the key and the prompt', async () => {
    const { text, error } = await run(`
      import { readFileSync } from 'node:fs';
      const { messages } = JSON.parse(readFileSync(0, 'utf8'));
      console.log('partial');
      for (let line = 0; line < 50; line++) console.error('noise ' + line);
      console.error('no GPU for ' + messages[0].content + ' with ' + process.env.MY_API_KEY);
      process.exitCode = 3;`);
    expect(text).toBe('partial\n');
    expect(error).toMatchObject({
      code: 'executor-failed',
      message:
        'The executor "mine" exited with code 3: noise 46 · noise 47 · noise 48 · noise 49 · no GPU for [prompt text] with [key]',
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(plantedKey);
  });

  it.each([
    [
      `console.log('{"error": {"code": "rate-limited", "message": "slow down"}}')`,
      'rate-limited',
      'slow down',
    ],
    [`console.log('{"error": {"code": "E42", "message": "odd"}}')`, 'executor-failed', 'odd'],
    [`console.log('{"error": {"code": "untrusted", "message": "no"}}')`, 'executor-failed', 'no'],
    [`console.log('{"delta": "a"}'); console.log('oops')`, 'bad-response', 'Line 2'],
    [`console.log('{"delta": "a"}'); process.stdout.write('{"del')`, 'bad-response', 'Line 2'],
    [
      `process.kill(process.pid, 'SIGKILL')`,
      'executor-failed',
      process.platform === 'win32' ? 'code' : 'SIGKILL',
    ],
  ])('%s', async (script, code, words) => {
    const { error } = await run(script);
    expect(error).toMatchObject({
      name: 'BackendError',
      code,
      message: expect.stringContaining(words) as string,
    });
  });

  it('says which program is missing', async () => {
    const backend = createCommandBackend({
      name: 'mine',
      command: 'no-such-program-here',
      args: [],
      timeoutSeconds: 5,
      environment: process.env,
    });
    const { error } = await collect(backend.stream(request, open));
    expect(error).toMatchObject({
      code: 'executor-failed',
      message: expect.stringContaining('"no-such-program-here" was not found') as string,
    });
    expect(await backend.checkHealth(open)).toMatchObject({ status: 'unavailable' });
    expect(await (await executor('')).checkHealth(open)).toEqual({
      status: 'ready',
      detail: `Runs ${process.execPath}`,
    });
  });

  const family = (pidFile: string) => `
    import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    writeFileSync(${JSON.stringify(pidFile)}, process.pid + ' ' + child.pid);
    console.log('started');
    setInterval(() => {}, 1000);`;
  const pidsIn = async (file: string) => (await readFile(file, 'utf8')).split(' ').map(Number);

  it('is ended with its children when the user cancels', async () => {
    const file = path.join(folder, 'cancelled.pids');
    const abort = new AbortController();
    const backend = await executor(family(file));
    const collecting = collect(backend.stream(request, abort.signal));
    let pids: number[] = [];
    await expect
      .poll(async () => (pids = await pidsIn(file).catch(() => [])).length, { timeout: 10_000 })
      .toBe(2);
    const abortedAt = performance.now();
    abort.abort();
    const { error } = await collecting;
    expect(error).toBeDefined();
    expect(performance.now() - abortedAt).toBeLessThan(1_000);
    await until(() => !pids.some(isAlive), 2_000, 'processes gone');
  });

  it('is ended with its children when its time is up', async () => {
    const file = path.join(folder, 'timed-out.pids');
    const { error, text } = await run(family(file), 1);
    expect(text).toBe('started\n');
    if (!BackendError.is(error)) throw new Error(`no BackendError: ${inspect(error)}`);
    expect([error.code, error.message]).toEqual([
      'timed-out',
      'The executor "mine" took longer than 1 s and was stopped.',
    ]);
    const pids = await pidsIn(file);
    await until(() => !pids.some(isAlive), 2_000, 'processes gone');
  });

  it('does not wait for a child that outlives it', async () => {
    const { text, error } = await run(`
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit' });
      child.unref();
      console.log('done');`);
    expect([text, error]).toEqual(['done\n', undefined]);
  });
});
