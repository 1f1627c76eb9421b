import { differencePosterior } from '../../src/core/statistics/differencePosterior.ts';
import { mean } from '../../src/core/statistics/moments.ts';
import { markdownTable } from './calibrationReport.ts';
import type { CalibrationPart } from './calibrationReport.ts';
import { caseSource, Draws, scoreKinds } from './generator.ts';
import { seedOf } from './simulate.ts';

/** Bar 8: of all the times we said "75% chance", was it three in four? True differences drawn from N(0, 0.1). */
export function chanceBestCalibration(runs: number): CalibrationPart {
  const bins = Array.from({ length: 5 }, () => ({ said: 0, right: 0, count: 0 }));
  for (const kind of scoreKinds) {
    for (const n of [10, 20, 50, 100]) {
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
    }
  }
  const failures: string[] = [];
  const rows = bins.map(({ said, right, count }, i) => {
    const [claimed, true_] = [said, right].map((x) => Math.round((1000 * x) / count) / 10);
    if (count >= 300 && Math.abs(claimed! - true_!) > 4) {
      failures.push(`chance of being best: said ${claimed}%, was ${true_}%`);
    }
    return [`${50 + 10 * i}–${60 + 10 * i}%`, claimed!, true_!, count];
  });
  return {
    id: 'chance-best',
    title: 'What "chance it is best" said, and how often it was so',
    markdown: markdownTable(['said between', 'said on average %', 'was so %', 'runs'], rows),
    failures,
  };
}
