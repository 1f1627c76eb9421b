import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BackendError } from '../../../src/core/domain/backendError.ts';
import { failureAdvice } from '../../../src/core/domain/failureAdvice.ts';
import { retryableCodes } from '../../../src/core/domain/failure.ts';
import { isFaultName } from '../../support/faultServer/fault.ts';
import {
  closedPortUrl,
  startFaultServer,
  type FaultServer,
} from '../../support/faultServer/startFaultServer.ts';
import { expectations, expectedFor, type ScenarioName } from './expectedFailure.ts';
import { collect, plantedKey, plantedPrompt, requestFor, subjects, until, type Subject } from './subject.ts';

const scenarios = Object.keys(expectations) as ScenarioName[];
const generousMs = 5_000;

let server: FaultServer;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);

beforeAll(async () => {
  server = await startFaultServer();
  process.on('unhandledRejection', onRejection);
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await server.close();
});
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(rejections.splice(0), 'unhandled rejections').toEqual([]);
});

async function addressesFor(scenario: ScenarioName): Promise<{ url: string; openAiUrl: string }> {
  const url = {
    'connection-refused': await closedPortUrl(),
    'unknown-host': 'http://no-such-host.invalid:8080',
    'no-tls': server.url.replace('http:', 'https:'),
  }[scenario as string];
  return url === undefined ? server : { url, openAiUrl: `${url}/v1` };
}

function expectNothingLeaked(error: unknown): void {
  const everything = inspect(error, { depth: 12, showHidden: true });
  expect(everything).not.toContain(plantedKey);
  expect(everything).not.toContain(plantedPrompt);
}

describe.each(subjects)('$name', (subject: Subject) => {
  const failing = scenarios.filter((scenario) => expectedFor(scenario, subject.name).code !== 'wait');
  it.each(failing)('%s', async (scenario) => {
    const expected = expectedFor(scenario, subject.name);
    server.setFault(isFaultName(scenario) ? scenario : null);
    const backend = subject.create(await addressesFor(scenario));
    const before = server.calls().length;
    const startedAt = performance.now();
    const { text, finish, error } = await collect(
      backend.stream(requestFor(subject), AbortSignal.timeout(generousMs * 2)),
    );
    expect(performance.now() - startedAt).toBeLessThan(generousMs);

    if (expected.code === 'answer' || expected.code === 'wait') {
      expect(error).toBeUndefined();
      expect(finish?.finishReason).toBe('stop');
    } else {
      if (!BackendError.is(error)) throw new Error(`no BackendError: ${inspect(error)}`);
      expect(error.code, error.message).toBe(expected.code);
      expect(error.retryable ?? retryableCodes.has(error.code)).toBe(
        expected.retryable ?? retryableCodes.has(expected.code),
      );
      expect(error.retryAfterMs).toBe(expected.retryAfterMs);
      expect(error.message).toMatch(/^\S.{10,}$/);
      expect(error.hint ?? failureAdvice[error.code]).toMatch(/^[A-Z].{10,}\.$/);
      expect(finish).toBeUndefined();
      expectNothingLeaked(error);
    }
    expect(text === '' ? 'none' : text === 'Hello' ? 'some' : expected.text === 'some' ? text : 'all').toBe(
      expected.text,
    );
    expect(server.calls().length - before, 'attempts').toBe(isFaultName(scenario) ? 1 : 0);
    await until(() => server.openCalls() === 0, 200, 'connection closed');
  });

  const waiting = scenarios.filter((scenario) => expectedFor(scenario, subject.name).code === 'wait');
  it.each(waiting)('%s: abort closes the connection at once', async (scenario) => {
    const expected = expectedFor(scenario, subject.name);
    server.setFault(isFaultName(scenario) ? scenario : null);
    const abort = new AbortController();
    const backend = subject.create(server);
    const before = server.calls().length;
    const collecting = collect(backend.stream(requestFor(subject), abort.signal));
    await until(() => server.calls().length > before, generousMs, 'call received');
    await new Promise((resolve) => setTimeout(resolve, 60));
    const abortedAt = performance.now();
    abort.abort();
    const { text, finish, error } = await collecting;
    expect(performance.now() - abortedAt).toBeLessThan(200);
    expect(error).toBeDefined();
    expect(finish).toBeUndefined();
    expect(text).toBe(expected.text === 'some' ? 'Hello' : '');
    await until(() => server.openCalls() === 0, 200, 'connection closed');
    expectNothingLeaked(error);
  });

  it('closes the connection when the reader leaves early', async () => {
    server.setFault('hang-midway');
    for await (const event of subject
      .create(server)
      .stream(requestFor(subject), new AbortController().signal)) {
      if (event.type === 'text-delta') break;
    }
    await until(() => server.openCalls() === 0, 200, 'connection closed');
  });

  it('sends nothing when it is aborted already', async () => {
    server.setFault(null);
    const before = server.requests.length;
    const { error } = await collect(subject.create(server).stream(requestFor(subject), AbortSignal.abort()));
    expect(error).toBeDefined();
    expect(server.requests.length).toBe(before);
  });
});
