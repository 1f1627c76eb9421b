import { expect, test } from 'vitest';
import { createRequestQueue } from '../../../../../src/adapters/backends/builtin/requestQueue.ts';

const never = new AbortController().signal;

test('one at a time, in order; leaving twice lets only one in', async () => {
  const queue = createRequestQueue();
  const order: string[] = [];
  const leaveFirst = await queue.enter(never);
  const second = queue.enter(never).then((leave) => {
    order.push('second');
    return leave;
  });
  const third = queue.enter(never).then(() => void order.push('third'));
  leaveFirst();
  leaveFirst();
  const leaveSecond = await second;
  expect(order).toEqual(['second']);
  leaveSecond();
  await third;
  expect(order).toEqual(['second', 'third']);
});

test('an aborted one leaves the line and does not hold it up', async () => {
  const queue = createRequestQueue();
  const leave = await queue.enter(never);
  const controller = new AbortController();
  const aborted = queue.enter(controller.signal);
  const last = queue.enter(never);
  controller.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  leave();
  await expect(last).resolves.toBeTypeOf('function');
});
