import { expect, test } from 'vitest';
import { PauseSwitch } from '../../../../../src/hosts/vscode/panel/pauseSwitch.ts';

test('calls wait while it is held, all go on when it is released, and it can be held again', async () => {
  const pause = new PauseSwitch();
  expect(pause.wait()).toBeUndefined();
  pause.hold();
  pause.hold();
  const waiting = [pause.wait(), pause.wait()].filter((wait) => wait !== undefined);
  expect(waiting).toHaveLength(2);
  expect(pause.isHeld).toBe(true);
  pause.release();
  await Promise.all(waiting);
  expect(pause.wait()).toBeUndefined();
  pause.hold();
  expect(pause.wait()).toBeInstanceOf(Promise);
  pause.release();
});
