import { describe, expect, it } from 'vitest';
import { monitorLevels } from '../../../../src/core/statistics/methodConstants.ts';
import { PairMonitor } from '../../../../src/core/statistics/pairMonitor.ts';
import { spentShare } from '../../../../src/core/statistics/spending.ts';

/** Share of all sign patterns in which each level is ever crossed. */
function crossingShares(magnitudes: readonly number[], horizons: readonly number[]): number[] {
  const patterns = 2 ** magnitudes.length;
  const counts = monitorLevels.map(() => 0);
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    const monitor = new PairMonitor();
    for (const [i, magnitude] of magnitudes.entries()) {
      monitor.push(Math.floor(pattern / 2 ** i) % 2 === 0 ? magnitude : -magnitude, horizons);
    }
    for (const [level, { direction }] of monitor.crossings.entries()) {
      if (direction !== 0) counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  return counts.map((count) => count / patterns);
}

describe('the live monitor is exact, over all sign patterns', () => {
  it.each([
    ['equal magnitudes', [840, 840, 840, 840, 840, 840, 840, 840, 840, 840], [10]],
    ['yes/no scores with ties', [840, 0, 840, 840, 0, 840, 840, 840, 0, 840, 840, 0], [12]],
    ['graded scores', [84, 168, 42, 252, 126, 210, 84, 777, 13, 401], [10]],
    ['one that outweighs the rest', [840, 1, 2, 3, 5, 7, 11, 13, 17, 19, 23], [11]],
    ['an extension', [280, 560, 0, 840, 280, 280, 560, 280, 840, 560, 280, 840], [7, 12]],
    ['two extensions', [210, 420, 630, 840, 210, 420, 210, 0, 840, 630, 420], [4, 8, 11]],
  ])('%s', (_, magnitudes, horizons) => {
    const share = spentShare(magnitudes.length, horizons);
    const crossed = crossingShares(magnitudes, horizons);
    for (const [i, level] of monitorLevels.entries()) {
      expect(crossed[i]).toBeLessThanOrEqual(level * share + 1e-9);
    }
    // Not by never crossing: the widest level spends most of what it may.
    expect(crossed[0]).toBeGreaterThan(0.1);
  });
});
