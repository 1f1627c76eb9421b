import { analyzeEvidence } from '../../src/core/experiments/analyzeEvidence.ts';
import { caseMean } from '../../src/core/experiments/caseMeans.ts';
import { defaultRule } from '../../src/core/experiments/decisionRule.ts';
import type { CaseValues } from '../../src/core/experiments/evidence.ts';
import { fixedEvidence } from '../../src/core/experiments/fixedEvidence.ts';
import { LiveMonitor } from '../../src/core/experiments/liveMonitor.ts';
import { mulberry32 } from '../../src/core/statistics/seededOrder.ts';

/** Graded scores with two decimals: the dearest kind, as no two cells of the lattice coincide. */
function gradedCases(variants: number, cases: number, repetitions: number): CaseValues[] {
  const random = mulberry32(7);
  return Array.from({ length: cases }, () => {
    const difficulty = random();
    return Array.from({ length: variants }, (_, v) =>
      caseMean(
        Array.from({ length: repetitions }, () =>
          Math.min(1, Math.round(100 * (0.55 * difficulty + 0.4 * random() + 0.01 * v)) / 100),
        ),
      ),
    );
  });
}

/** Median of five, in milliseconds with one decimal. */
function medianMs(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Math.round(10 * (times[2] ?? NaN)) / 10;
}

/** The dearest push of a live run, all pairs together, divided by the pairs. Each is timed three times, the least counts. */
function slowestPushMs(rows: readonly CaseValues[], variants: number): number {
  const least = new Array<number>(rows.length).fill(Infinity);
  for (let replay = 0; replay < 3; replay += 1) {
    const monitor = new LiveMonitor(variants, rows.length, defaultRule);
    for (const [i, row] of rows.entries()) {
      const start = performance.now();
      monitor.push(row);
      least[i] = Math.min(least[i] ?? Infinity, performance.now() - start);
    }
  }
  return Math.round((100 * Math.max(...least)) / ((variants * (variants - 1)) / 2)) / 100;
}

/**
 * How long the statistics take. Required: five variants × 200 cases × 3 repetitions ≤ 200 ms, two variants × 2,000 cases
 * ≤ 1,000 ms, a live update ≤ 5 ms a pair.
 */
export function bench(): Promise<Record<string, number | string>> {
  const five = gradedCases(5, 200, 3);
  const long = gradedCases(2, 2000, 1);
  const fixed = (variants: number, rows: readonly CaseValues[]) => () => {
    analyzeEvidence(fixedEvidence(variants, rows, defaultRule));
  };
  return Promise.resolve({
    'statistics, 5 variants x 200 cases x 3 (ms, at most 200)': medianMs(fixed(5, five)),
    'statistics, 2 variants x 2,000 cases (ms, at most 1,000)': medianMs(fixed(2, long)),
    'live update, slowest of 5 x 200 (ms a pair, at most 5)': slowestPushMs(five, 5),
    'live update, slowest of 2 x 400 (ms a pair, at most 5)': slowestPushMs(gradedCases(2, 400, 1), 2),
    'live update, slowest of 2 x 2,000 (ms a pair, at most 5)': slowestPushMs(long, 2),
  });
}
