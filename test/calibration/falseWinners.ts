import { mean, sampleVariance } from '../../src/core/statistics/moments.ts';
import { normalQuantile } from '../../src/core/statistics/quantiles.ts';
import { falseWinnerBar, markdownTable, percent } from './calibrationReport.ts';
import type { CalibrationPart, Cell } from './calibrationReport.ts';
import { caseSource, Draws, scoreKinds } from './generator.ts';
import { analyzeFixed, drawRows, playLive, seedOf } from './simulate.ts';

export const layouts = {
  'two-equal': { name: 'two identical prompts', means: [0.6, 0.6] },
  'three-equal': { name: 'three identical prompts', means: [0.6, 0.6, 0.6] },
  'two-tied-on-top': { name: 'three prompts, two tied on top', means: [0.7, 0.7, 0.4] },
} as const;

/** Bar 3: when nothing is better, who wins? Live, at first sight, and extended twice. */
export function falseWinners(layout: keyof typeof layouts, runs: number): CalibrationPart {
  const { name, means } = layouts[layout];
  const failures: string[] = [];
  const rows: Cell[][] = [];
  const bar = falseWinnerBar(runs);
  for (const kind of scoreKinds) {
    for (const repetitions of [1, 3]) {
      const source = caseSource({ kind, repetitions, means });
      const cells = [10, 20, 50].map((n) => {
        const count = { live: 0, shown: 0, extended: 0 };
        for (let run = 0; run < runs; run += 1) {
          const draws = new Draws(seedOf(`aa-${name}-${kind}-${repetitions}-${n}`, run));
          const outcome = playLive(means.length, n, () => source(draws), 2);
          if (outcome.winner !== null) count.live += 1;
          if (outcome.shown !== null) count.shown += 1;
          if (outcome.extended !== null) count.extended += 1;
        }
        const shares = Object.entries(count).map(([way, value]) => {
          const share = percent(value, runs);
          if (share > bar) {
            failures.push(`${way} winners ${share}% in ${name}, ${kind}, r=${repetitions}, n=${n}`);
          }
          return share;
        });
        return shares.join(' / ');
      });
      rows.push([kind, repetitions, ...cells]);
      process.stderr.write(`false winners: ${name}, ${kind}, r=${repetitions}: ${cells.join('  ')}\n`);
    }
  }
  const markdown = markdownTable(['scores', 'reps', 'n = 10', 'n = 20', 'n = 50'], rows);
  return {
    id: `false-winners-${layout}`,
    title: `False winners in %, live, ${name}: stopped as soon as allowed / first winner ever on screen / extended twice (${runs} runs per cell)`,
    markdown,
    failures,
  };
}

/** Bar 11 and the comparison in the documentation: what other rules do with identical prompts. */
export function naiveRules(runs: number): CalibrationPart {
  const failures: string[] = [];
  const rows: Cell[][] = [];
  for (const kind of scoreKinds) {
    for (const repetitions of [1, 3]) {
      const source = caseSource({ kind, repetitions, means: [0.6, 0.6] });
      const cells = [5, 10, 20, 50, 100].map((n) => {
        const count = { margin: 0, z: 0, peeked: 0, fixed: 0 };
        for (let run = 0; run < runs; run += 1) {
          const cases = drawRows(source, n, seedOf(`naive-${kind}-${repetitions}-${n}`, run));
          const d = cases.map(([a = 0, b = 0]) => a - b);
          if (Math.abs(mean(d)) > 0.05 + 1e-12) count.margin += 1;
          if (pairedZ(d)) count.z += 1;
          if (peekedZ(d)) count.peeked += 1;
          if (analyzeFixed(2, cases).winner !== null) count.fixed += 1;
        }
        const margin = percent(count.margin, runs);
        if (n === 20 && repetitions === 1 && (margin < 34 || margin > 61)) {
          failures.push(
            `the margin rule calls ${margin}% at n=20, ${kind}: the generator is not the one specified`,
          );
        }
        const fixed = percent(count.fixed, runs);
        // The fixed test is exact: this only looks for gross mistakes, so that none of 30 cells trips it by luck.
        if (fixed > falseWinnerBar(runs, 3)) {
          failures.push(`fixed mode: ${fixed}% at n=${n}, ${kind}, r=${repetitions}`);
        }
        return [margin, percent(count.z, runs), percent(count.peeked, runs), `**${fixed}**`].join(' / ');
      });
      rows.push([kind, repetitions, ...cells]);
      process.stderr.write(`naive rules: ${kind}, r=${repetitions}: ${cells.join('  ')}\n`);
    }
  }
  return {
    id: 'naive-rules',
    title: `False winners in % between two identical prompts: 5-point margin / paired z test / the same, looked at after every case / **Promptly, fixed** (${runs} runs per cell)`,
    markdown: markdownTable(['scores', 'reps', 'n = 5', 'n = 10', 'n = 20', 'n = 50', 'n = 100'], rows),
    failures,
  };
}

const critical = normalQuantile(0.975);

function pairedZ(d: readonly number[]): boolean {
  const error = Math.sqrt(sampleVariance(d) / d.length);
  return error > 0 && Math.abs(mean(d)) / error > critical;
}

function peekedZ(d: readonly number[]): boolean {
  return d.some((_, i) => i >= 4 && pairedZ(d.slice(0, i + 1)));
}
