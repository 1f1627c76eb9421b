import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowHeightPx, rowWindow } from '../../../../webview-ui/state/rowWindow.ts';

test('what is in sight is drawn, and little more; the heights add up', () => {
  const whole = fc.nat({ max: 100_000 });
  fc.assert(
    fc.property(whole, whole, fc.integer({ min: 1, max: 2000 }), (count, top, viewport) => {
      const { from, to, beforePx, afterPx } = rowWindow(count, top, viewport);
      expect(beforePx + (to - from) * rowHeightPx + afterPx).toBe(count * rowHeightPx);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(viewport / rowHeightPx) + 24);
      const firstSeen = Math.floor(top / rowHeightPx);
      const lastSeen = Math.min(count, Math.ceil((top + viewport) / rowHeightPx));
      if (firstSeen < count) {
        expect(from).toBeLessThanOrEqual(firstSeen);
        expect(to).toBeGreaterThanOrEqual(lastSeen);
      }
    }),
  );
});
