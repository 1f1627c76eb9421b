import { describe, expect, test } from 'vitest';
import { createScriptedBackend } from '../../../../../src/adapters/backends/scripted/scriptedBackend.ts';
import { BackendError } from '../../../../../src/core/domain/backendError.ts';
import type { BackendErrorOptions } from '../../../../../src/core/domain/backendError.ts';
import type { FailureCode } from '../../../../../src/core/domain/failure.ts';
import type { EngineBackend, EngineEvent } from '../../../../../src/core/engine/engineBackend.ts';
import { enterFirst } from '../../../../../src/core/engine/resilience/enterFirst.ts';
import type { Deadlines } from '../../../../../src/core/engine/resilience/watchDeadlines.ts';
import { withDeadline } from '../../../../../src/core/engine/resilience/withDeadline.ts';
import type { RetryPolicy } from '../../../../../src/core/engine/resilience/withRetry.ts';
import { withRetry } from '../../../../../src/core/engine/resilience/withRetry.ts';
import { RateLimiter, type Slot } from '../../../../../src/core/engine/resilience/rateLimiter.ts';
import { withRateLimit } from '../../../../../src/core/engine/resilience/withRateLimit.ts';
import type { ModelBackend } from '../../../../../src/core/ports/modelBackend.ts';
import { collect, scriptedCall } from '../../../../support/engineWorld.ts';
import { FakeClock } from '../../../../support/fakeClock.ts';

const { request } = scriptedCall({});
const never = new AbortController().signal;
const finish: EngineEvent = {
  type: 'finish',
  finishReason: 'stop',
  rawFinishReason: null,
  usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: null },
};

/** A backend whose attempts follow one another: the code of a failure, or an answer. */
function backendOf(
  ...turns: (FailureCode | 'ok' | ((signal: AbortSignal) => AsyncGenerator<EngineEvent>))[]
): EngineBackend & { calls: number; options: BackendErrorOptions } {
  const backend = {
    id: 'scripted' as const,
    calls: 0,
    options: {},
    async *stream(_request: unknown, signal: AbortSignal): AsyncGenerator<EngineEvent> {
      const turn = turns[Math.min(backend.calls++, turns.length - 1)] ?? 'ok';
      if (typeof turn === 'function') {
        yield* turn(signal);
      } else if (turn === 'ok') {
        yield { type: 'text-delta', text: 'ok' };
        yield finish;
      } else {
        await Promise.resolve();
        throw new BackendError(turn, 'as asked', backend.options);
      }
    },
  };
  return backend;
}

/** The same, behind its gate. */
const entering = (backend: EngineBackend): EngineBackend => enterFirst(backend as ModelBackend);

/** The events of a call and how it ended, in words. */
async function tell(events: AsyncIterable<EngineEvent>): Promise<string[]> {
  const told: string[] = [];
  try {
    for await (const event of events) {
      if (event.type === 'attempt-failed') told.push(`${event.failure.code} wait ${event.retryInMs}`);
      else told.push(event.type);
    }
  } catch (error) {
    told.push(BackendError.is(error) ? `threw ${error.code}: ${error.message}` : `threw ${String(error)}`);
  }
  return told;
}

describe('withRetry', () => {
  const policy: RetryPolicy = {
    retries: 3,
    delayMs: 2_000,
    maxDelayMs: 30_000,
    maxRetryAfterMs: 60_000,
    random: () => 0,
  };
  const run = async (backend: EngineBackend, more: Partial<RetryPolicy> = {}): Promise<string[]> => {
    const clock = new FakeClock();
    const told = await clock.runUntil(
      tell(withRetry(backend, { ...policy, ...more }, clock).stream(request, never)),
    );
    expect(clock.sleeping).toBe(0);
    return told;
  };

  test('waits longer each time and shows every attempt', async () => {
    expect(await run(backendOf('rate-limited', 'unreachable', 'timed-out', 'ok'))).toEqual([
      'attempt-started',
      'rate-limited wait 1000',
      'attempt-started',
      'unreachable wait 2000',
      'attempt-started',
      'timed-out wait 4000',
      'attempt-started',
      'text-delta',
      'finish',
    ]);
  });

  test('gives up after the last attempt with what happened then', async () => {
    const told = await run(backendOf('bad-response'), { retries: 1 });
    expect(told.slice(-2)).toEqual(['bad-response wait null', 'threw bad-response: as asked']);
  });

  test.each(['unauthorized', 'model-not-found', 'rejected', 'key-missing', 'context-too-long'] as const)(
    '%s is not tried again',
    async (code) => {
      const backend = backendOf(code, 'ok');
      await run(backend);
      expect(backend.calls).toBe(1);
    },
  );

  test('an error that says so itself decides', async () => {
    const backend = backendOf('bad-response', 'ok');
    backend.options = { retryable: false };
    await run(backend);
    expect(backend.calls).toBe(1);
  });

  test('jitter stays between half and all of the step', async () => {
    expect((await run(backendOf('rate-limited', 'ok'), { random: () => 0.999 }))[1]).toBe(
      'rate-limited wait 1999',
    );
  });

  test('Retry-After is honoured, within bounds', async () => {
    const asking = (retryAfterMs: number): EngineBackend => {
      const backend = backendOf('rate-limited', 'ok');
      backend.options = { retryAfterMs };
      return backend;
    };
    expect((await run(asking(7_000)))[1]).toBe('rate-limited wait 7000');
    expect((await run(asking(0)))[1]).toBe('rate-limited wait 0');
    expect((await run(asking(Number.NaN)))[1]).toBe('rate-limited wait 1000');
    expect((await run(asking(-5)))[1]).toBe('rate-limited wait 1000');
    expect(await run(asking(86_400_000))).toEqual([
      'attempt-started',
      'rate-limited wait null',
      'threw rate-limited: as asked',
    ]);
  });

  test('nothing is tried again after the first text', async () => {
    const backend = backendOf(async function* () {
      yield { type: 'text-delta', text: 'half' };
      await Promise.resolve();
      throw new BackendError('unreachable', 'lost');
    }, 'ok');
    expect(await run(backend)).toEqual([
      'attempt-started',
      'text-delta',
      'unreachable wait null',
      'threw unreachable: lost',
    ]);
  });

  test('cancelled while it waits, it stops at once and leaves no timer', async () => {
    const clock = new FakeClock();
    const user = new AbortController();
    const told = tell(withRetry(backendOf('rate-limited'), policy, clock).stream(request, user.signal));
    await clock.advance(10);
    expect(clock.sleeping).toBe(1);
    user.abort(new Error('enough'));
    expect((await told).at(-1)).toBe('threw Error: enough');
    expect(clock.sleeping).toBe(0);
  });
});

describe('withDeadline', () => {
  const deadlines: Deadlines = { totalMs: 10_000, firstTextMs: 3_000, idleMs: 1_000, maxOutputLength: 100 };
  const run = async (backend: EngineBackend, clock = new FakeClock()): Promise<string[]> => {
    const told = await clock.runUntil(tell(withDeadline(backend, deadlines, clock).stream(request, never)));
    expect(clock.sleeping).toBe(0);
    return told;
  };
  const talking = (clock: FakeClock, waits: readonly number[], text = 'x'): EngineBackend =>
    backendOf(async function* (signal) {
      for (const waitMs of waits) {
        await clock.sleep(waitMs, signal);
        yield { type: 'text-delta', text };
      }
      yield finish;
    });

  test('an answer within its limits passes', async () => {
    const clock = new FakeClock();
    expect(await run(talking(clock, [2_900, 900, 900]), clock)).toEqual([
      'sent',
      'text-delta',
      'text-delta',
      'text-delta',
      'finish',
    ]);
  });

  test.each([
    [[3_100], 'threw timed-out: No answer began within 3 s.'],
    [[100, 1_100], 'threw timed-out: Nothing arrived for 1 s.'],
    [Array.from({ length: 20 }, () => 900), 'threw timed-out: The answer took longer than 10 s.'],
  ])('%j: %s', async (waits, words) => {
    const clock = new FakeClock();
    expect((await run(talking(clock, waits), clock)).at(-1)).toBe(words);
  });

  test('a backend that minds no signal is left all the same', async () => {
    const deaf = backendOf(async function* () {
      await new Promise(() => undefined);
      yield finish;
    });
    expect(await run(deaf)).toEqual(['threw timed-out: No answer began within 3 s.']);
  });

  test('an answer without an end is broken', async () => {
    const clock = new FakeClock();
    const silent = backendOf(async function* () {
      await Promise.resolve();
      yield { type: 'notice', message: 'loading' };
    });
    expect((await run(silent, clock)).at(-1)).toBe(
      'threw bad-response: The backend ended the answer without finishing it.',
    );
    const broken = backendOf(async function* () {
      await Promise.resolve();
      yield { type: 'text-delta', text: 'half' };
    });
    expect((await run(broken)).at(-1)).toBe('threw interrupted: The answer broke off before its end.');
  });

  test('an endless answer is stopped', async () => {
    const clock = new FakeClock();
    expect((await run(talking(clock, [1, 1, 1], 'x'.repeat(40)), clock)).at(-1)).toContain(
      'threw bad-response: The answer grew past 100',
    );
  });

  test('whoever leaves early closes the backend', async () => {
    let signalled = false;
    let closed = false;
    const backend = backendOf(async function* (signal) {
      signal.addEventListener('abort', () => void (signalled = true));
      try {
        await Promise.resolve();
        while (true) yield { type: 'text-delta', text: 'x' };
      } finally {
        closed = true;
      }
    });
    const clock = new FakeClock();
    const left = async (): Promise<void> => {
      for await (const event of withDeadline(backend, deadlines, clock).stream(request, never)) {
        if (event.type === 'text-delta') break;
      }
    };
    await left();
    expect({ signalled, closed, sleeping: clock.sleeping }).toEqual({
      signalled: true,
      closed: true,
      sleeping: 0,
    });
  });
});

describe('a call at the gate of its server', () => {
  const deadlines: Deadlines = { totalMs: 2_000, firstTextMs: 1_000, idleMs: 1_000, maxOutputLength: 100 };
  const policy = { retries: 1, delayMs: 10, maxDelayMs: 10, maxRetryAfterMs: 10, random: () => 0 };
  const resilient = (backend: EngineBackend, limiter: RateLimiter, clock: FakeClock): EngineBackend =>
    withRateLimit(withRetry(withDeadline(entering(backend), deadlines, clock), policy, clock), limiter);
  const held = (limiter: RateLimiter): Promise<Slot> =>
    new Promise((resolve) => limiter.acquire(never, resolve));

  test('begins when it is let in: its wait there counts for no deadline', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(1, clock);
    const other = await held(limiter);
    const backend = backendOf('ok');
    const seen: string[] = [];
    const call = (async () => {
      for await (const event of resilient(backend, limiter, clock).stream(request, never))
        seen.push(event.type);
    })();
    await clock.advance(60_000);
    expect({ seen, calls: backend.calls }).toEqual({ seen: [], calls: 0 });
    other.release();
    await clock.runUntil(call);
    expect(seen).toEqual(['attempt-started', 'text-delta', 'finish']);
    (await held(limiter)).release();
  });

  test('leaves the queue when it is cancelled there, and is not sent', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(1, clock);
    const other = await held(limiter);
    const backend = backendOf('ok');
    const user = new AbortController();
    const told = tell(resilient(backend, limiter, clock).stream(request, user.signal));
    await clock.advance(10);
    user.abort(new Error('enough'));
    expect((await clock.runUntil(told)).at(-1)).toBe('threw Error: enough');
    other.release();
    expect(backend.calls).toBe(0);
    (await held(limiter)).release();
  });

  test('gives its slot back when its reader leaves as soon as it is sent', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(1, clock);
    const silent = backendOf(async function* (signal) {
      await clock.sleep(500, signal);
      yield finish;
    });
    const leave = async (): Promise<void> => {
      for await (const event of resilient(silent, limiter, clock).stream(request, never)) {
        if (event.type === 'attempt-started') break;
      }
    };
    await leave();
    (await held(limiter)).release();
    expect(clock.sleeping).toBe(0);
  });

  test('is bounded on the way there, too', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(1, clock);
    const stuck: EngineBackend = {
      id: 'scripted',
      async *stream(_request, signal) {
        await clock.sleep(5_000, signal);
        yield finish;
      },
    };
    const bounded = withDeadline(stuck, deadlines, clock);
    const told = await clock.runUntil(tell(withRateLimit(bounded, limiter).stream(request, never)));
    expect(told).toEqual(['threw timed-out: No answer began within 1 s.']);
  });
});

describe('the rate limiter', () => {
  const take = (limiter: RateLimiter, signal = never): Promise<Slot> =>
    new Promise((resolve) => limiter.acquire(signal, resolve));

  test('lets in as many as it may, in their order', async () => {
    const limiter = new RateLimiter(2, new FakeClock());
    const order: number[] = [];
    const slots = await Promise.all([take(limiter), take(limiter)]);
    const waiting = [1, 2].map(async (number) => {
      const slot = await take(limiter);
      order.push(number);
      return slot;
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    slots.forEach((slot) => slot.release());
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
  });

  test('halves once for all calls that were in flight, and recovers with successes', async () => {
    const limiter = new RateLimiter(8, new FakeClock());
    const burst = await Promise.all(Array.from({ length: 8 }, () => take(limiter)));
    burst.forEach((slot) => slot.overloaded(0));
    expect(limiter.limit).toBe(4);
    burst.forEach((slot) => slot.release());
    const next = await take(limiter);
    next.overloaded(0);
    burst.forEach((slot) => slot.overloaded(0));
    expect(limiter.limit).toBe(2);
    for (let call = 0; call < 100; call++) next.succeeded();
    expect(limiter.limit).toBe(8);
  });

  test('stays closed for as long as the server asked', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(4, clock);
    (await take(limiter)).overloaded(5_000);
    let entered = false;
    const entering = take(limiter).then(() => (entered = true));
    await clock.advance(4_900);
    expect(entered).toBe(false);
    await clock.advance(200);
    await entering;
    expect(clock.sleeping).toBe(0);
  });

  test('who gives up waiting leaves neither a place nor a timer', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(1, clock);
    (await take(limiter)).overloaded(60_000);
    const user = new AbortController();
    let entered = false;
    limiter.acquire(user.signal, () => (entered = true));
    expect(clock.sleeping).toBe(1);
    user.abort(new Error('enough'));
    await clock.advance(100_000);
    expect({ entered, sleeping: clock.sleeping }).toEqual({ entered: false, sleeping: 0 });
  });

  test('learns from attempts inside the retries, and frees its slot whatever happens', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(4, clock);
    const policy = { retries: 1, delayMs: 10, maxDelayMs: 10, maxRetryAfterMs: 10, random: () => 0 };
    const backend = withRateLimit(withRetry(entering(backendOf('rate-limited')), policy, clock), limiter);
    await clock.runUntil(tell(backend.stream(request, never)));
    // Both attempts were refused, the second with the limit lowered already.
    expect(limiter.limit).toBe(1);
    limiter.setMaximum(1);
    (await take(limiter)).release();
  });
});

test('the scripted backend fails as often as it is told, then answers', async () => {
  const clock = new FakeClock();
  const backend = createScriptedBackend({
    clock,
    script: { reply: 'a b', fail: { code: 'timed-out', times: 1 } },
  });
  const plain = { ...request, parameters: {} };
  expect(await tell(backend.stream(plain, never))).toEqual([
    'threw timed-out: The script asks for this failure.',
  ]);
  expect(await collect(backend.stream(plain, never))).toHaveLength(3);
});
