import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retryableCodes } from '../../../src/core/domain/failure.ts';
import type { CellResult, RunEvent } from '../../../src/core/domain/runEvent.ts';
import type { PlannedCall } from '../../../src/core/domain/runPlan.ts';
import { executeCell } from '../../../src/core/engine/executeCell.ts';
import { createResilientBackends } from '../../../src/core/pipeline/resilientBackends.ts';
import { defaultSettings } from '../../../src/core/ports/settings.ts';
import { engineWorld } from '../../support/engineWorld.ts';
import { isFaultName } from '../../support/faultServer/fault.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { expectedFor, expectations, type Expected, type ScenarioName } from './expectedFailure.ts';
import { plantedKey, plantedPrompt, requestFor, subjects, until, type Subject } from './subject.ts';

// The same faults through retries, deadlines and rate limits: how often it is tried, and that it always ends.

const retries = 1;
const scenarios = (Object.keys(expectations) as ScenarioName[]).filter(isFaultName);
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

async function runCall(
  subject: Subject,
  timeoutSeconds: number,
): Promise<{ events: RunEvent[]; result: CellResult }> {
  const backend = subject.create(server);
  const settings = { ...defaultSettings, retries, retryDelaySeconds: 0.02, timeoutSeconds };
  const world = engineWorld({ settings, backends: [backend] });
  const call: PlannedCall = {
    cellId: 'cell-1',
    route: { backend: backend.id, model: subject.model, reason: 'test' },
    request: requestFor(subject),
    notApplied: [],
  };
  const open = createResilientBackends(world);
  const tools = { clock: world.clock, price: () => null, withPieces: true, onError: () => undefined };
  const events: RunEvent[] = [];
  const run = executeCell(call, () => open(backend.id, settings), tools, new AbortController().signal);
  for await (const event of run) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'cell-finished') throw new Error('the last event is not cell-finished');
  return { events, result: last.result };
}

function attemptsOf(expected: Expected): number {
  const code = expected.code === 'wait' ? 'timed-out' : expected.code;
  if (code === 'answer' || expected.text === 'some') return 1;
  return (expected.retryable ?? retryableCodes.has(code)) ? 1 + retries : 1;
}

describe.each(subjects)('$name through the pipeline', (subject: Subject) => {
  it.each(scenarios)('%s', async (scenario) => {
    const expected = expectedFor(scenario, subject.name);
    server.setFault(scenario);
    const before = server.calls().length;
    const startedAt = performance.now();
    const { events, result } = await runCall(subject, expected.code === 'wait' ? 0.4 : 10);
    expect(performance.now() - startedAt).toBeLessThan(8_000);

    const code =
      expected.code === 'wait' ? 'timed-out' : expected.code === 'answer' ? undefined : expected.code;
    expect(result.failure?.code).toBe(code);
    expect(result.attempts).toBe(attemptsOf(expected));
    expect(server.calls().length - before).toBe(attemptsOf(expected));
    expect(events.filter(({ type }) => type === 'attempt-failed')).toHaveLength(
      code === undefined ? 0 : result.attempts,
    );
    if (expected.text === 'some') expect(result.output).toBe('Hello');
    expect(result.output === '').toBe(expected.text === 'none');
    await until(() => server.openCalls() === 0, 500, 'connections closed');

    expect(JSON.stringify(events)).not.toContain(plantedKey);
    expect(JSON.stringify(result)).not.toContain(plantedPrompt);
  });

  it('mends itself when the fault goes away', async () => {
    server.setFault('status-500', 1);
    const { result } = await runCall(subject, 10);
    expect(result).toMatchObject({ failure: null, attempts: 2, output: 'Hello, world.' });
  });

  it('waits as long as the server asks', async () => {
    server.setFault('status-429-retry-after', 1);
    const { events, result } = await runCall(subject, 10);
    const failed = events.find((event) => event.type === 'attempt-failed');
    expect(failed?.type === 'attempt-failed' && failed.retryInMs).toBeGreaterThanOrEqual(1000);
    expect(result).toMatchObject({ failure: null, attempts: 2 });
    expect(result.timing.totalMs).toBeGreaterThan(950);
  });
});
