import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEvaluatorScriptRunner } from '../../../../src/adapters/node/evaluatorScriptRunner.ts';
import type { JsonObject } from '../../../../src/core/domain/json.ts';
import { evaluate, never, uses } from '../../../support/evaluating.ts';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/evaluators');
const promptFile = { path: path.join(folder, 'a.prompt.yaml'), workspaceFolder: folder };
const scripts = createEvaluatorScriptRunner({ isTrusted: () => true });
let scratch = '';

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'promptly-scripts-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function run(script: string, output = '', variables: JsonObject = {}, settings: JsonObject = {}) {
  const part = { output, expected: 'ref', variables, metadata: { model: 'm' }, promptFile };
  const { evaluations } = await evaluate([uses(script, settings)], part, { scripts });
  return evaluations[0]!;
}

/** The process is gone, or waits as a zombie for a parent that is. */
async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ');
  return / Z /.test(status);
}

async function expectGone(pidFile: string): Promise<void> {
  const pids = JSON.parse(await readFile(pidFile, 'utf8')) as number[];
  expect(pids).toHaveLength(2);
  for (const pid of pids) {
    for (let tries = 0; tries < 50 && !(await isGone(pid)); tries++) await sleep(20);
    expect(await isGone(pid)).toBe(true);
  }
}

describe('a script', () => {
  test('gets output, expected, vars and metadata, and may log', async () => {
    const evaluation = await run('./wordLimit.mjs', 'one two three four', { limit: 2 });
    expect(evaluation.score).toEqual({ status: 'measured', value: 0.5 });
    expect(evaluation.reason).toBe('4 words, limit 2, ref, m');
    expect(evaluation.threshold).toBe(0.5);
  });

  test('may be asynchronous', async () => {
    expect((await run('./asyncNumber.mjs', '0.25')).score).toEqual({ status: 'measured', value: 0.25 });
  });

  test.each(['1.5', '-0.1', 'NaN', 'Infinity'])('that returns %s has no score', async (value) => {
    const evaluation = await run('./asyncNumber.mjs', value);
    expect(evaluation).toMatchObject({ passed: null, reason: expect.stringContaining(value) as string });
  });

  test.each(['text', 'yes', 'nothing', 'odd', 'fn'])(
    'that returns no number (%s) has no score',
    async (what) => {
      expect((await run('./returnsAnything.mjs', '', { what })).reason).toContain('returned no number');
    },
  );

  test.each([
    ['./throws.mjs', /no such thing/],
    ['./exits.mjs', /code 3.*giving up/],
    ['./brokenSyntax.mjs', /could not be loaded.*/],
    ['./noDefault.mjs', /export default/],
    ['./absent.mjs', /not found/],
    ['../../../../../../etc/hosts.mjs', /not found|outside the workspace/],
  ])('that fails says why: %s', async (script, reason) => {
    const evaluation = await run(script);
    expect(evaluation.score.status).toBe('missing');
    expect(evaluation.reason).toMatch(reason);
  });

  test('gets no keys', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'planted-secret');
    vi.stubEnv('MY_ACCESS_TOKEN', 'planted-secret');
    const { reason } = await run('./environment.mjs');
    vi.unstubAllEnvs();
    expect(reason).toContain('PATH');
    expect(reason).not.toContain('planted-secret');
  });

  test('that takes all memory costs one score', async () => {
    expect((await run('./fillsMemory.mjs')).reason).toContain('out of memory');
  });
});

describe('ending', () => {
  test('past its timeout it is stopped with its children', async () => {
    const pidFile = path.join(scratch, 'timeout');
    const evaluation = await run('./spins.mjs', '', { pidFile }, { timeoutSeconds: 1.5 });
    expect(evaluation.reason).toContain('within 1.5 s');
    await expectGone(pidFile);
  });

  test('cancelling stops it with its children and is passed on', async () => {
    const pidFile = path.join(scratch, 'cancel');
    const controller = new AbortController();
    const input = { output: '', expected: null, vars: { pidFile }, metadata: {} };
    const running = scripts.run(
      {
        script: './spins.mjs',
        promptPath: promptFile.path,
        workspaceFolder: folder,
        input,
        timeoutMs: 60_000,
      },
      controller.signal,
    );
    const outcome = expect(running).rejects.toThrow(/abort/i);
    for (let tries = 0; tries < 250 && !(await readFile(pidFile, 'utf8').catch(() => '')); tries++)
      await sleep(20);
    controller.abort();
    await outcome;
    await expectGone(pidFile);
  });

  test.each([0, -1, 'soon'])('a timeout of %j is refused', async (timeoutSeconds) => {
    expect((await run('./wordLimit.mjs', '', { limit: 1 }, { timeoutSeconds })).reason).toContain(
      'timeoutSeconds',
    );
  });
});

test('a link that leads out of the workspace is not followed', async () => {
  await symlink(path.join(folder, 'wordLimit.mjs'), path.join(scratch, 'link.mjs'));
  const input = { output: '', expected: null, vars: {}, metadata: {} };
  const result = await scripts.run(
    {
      script: './link.mjs',
      promptPath: path.join(scratch, 'a.yaml'),
      workspaceFolder: scratch,
      input,
      timeoutMs: 9000,
    },
    never,
  );
  expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('outside') as string });
});

test('in an untrusted workspace nothing runs', async () => {
  const untrusted = createEvaluatorScriptRunner({ isTrusted: () => false });
  const part = { output: 'a', variables: { limit: 1 }, promptFile };
  const { evaluations } = await evaluate([uses('./wordLimit.mjs')], part, { scripts: untrusted });
  expect(evaluations[0]).toMatchObject({
    failureCode: 'untrusted',
    reason: expect.stringContaining('trusted') as string,
  });
});
