import { differencePosterior } from '../../src/core/statistics/differencePosterior.ts';
import { mean } from '../../src/core/statistics/moments.ts';
import { markdownTable, slack } from './calibrationReport.ts';
import type { CalibrationJobs } from './calibrationReport.ts';
import { caseSource, Draws, scoreKinds } from './generator.ts';
import { seedOf } from './simulate.ts';

interface Bin {
  said: number;
  right: number;
  count: number;
}

const designs = scoreKinds.flatMap((kind) => [10, 20, 50, 100].map((n) => ({ kind, n })));

/** Bar 8: of all the times we said "75% chance", was it three in four? True differences drawn from N(0, 0.1). */
export function chanceBestCalibration(): CalibrationJobs<readonly Bin[]> {
  return {
    jobs: designs.length,
    run: (job, runs) => binsOf(designs[job]!, runs),
    finish(results, runs) {
      const failures: string[] = [];
      const rows = Array.from({ length: 5 }, (_, i) => {
        const total = (key: keyof Bin) => results.reduce((sum, bins) => sum + bins[i]![key], 0);
        const count = total('count');
        const [claimed = NaN, truly = NaN] = [total('said'), total('right')].map(
          (value) => Math.round((1000 * value) / count) / 10,
        );
        if (count >= 300 && Math.abs(claimed - truly) > 4 + slack(claimed, 12 * runs)) {
          failures.push(`chance of being best: said ${claimed}%, was ${truly}%`);
        }
        return [`${50 + 10 * i}–${60 + 10 * i}%`, claimed, truly, count];
      });
      return {
        id: 'chance-best',
        title: 'What "chance it is best" said, and how often it was so',
        markdown: markdownTable(['said between', 'said on average %', 'was so %', 'runs'], rows),
        failures,
      };
    },
  };
}

function binsOf({ kind, n }: (typeof designs)[number], runs: number): Bin[] {
  const bins: Bin[] = Array.from({ length: 5 }, () => ({ said: 0, right: 0, count: 0 }));
  for (let run = 0; run < runs; run += 1) {
    const draws = new Draws(seedOf(`chance-${kind}-${n}`, run));
    const difference = Math.min(0.35, Math.max(-0.35, 0.1 * draws.normal()));
    const source = caseSource({ kind, repetitions: 1, means: [0.6 + difference, 0.6] });
    const d = Array.from({ length: n }, () => source(draws)).map(([a = 0, b = 0]) => a - b);
    if (Math.abs(mean(d)) < 1e-9) continue;
    const lead = Math.sign(mean(d));
    const chance = differencePosterior(d.map((x) => lead * x)).probability;
    const bin = bins[Math.min(4, Math.max(0, Math.floor(10 * chance) - 5))]!;
    bin.said += chance;
    bin.count += 1;
    if (Math.sign(difference) === lead) bin.right += 1;
  }
  return bins;
}
