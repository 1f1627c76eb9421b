import { mean, sampleVariance } from '../../src/core/statistics/moments.ts';
import { normalQuantile } from '../../src/core/statistics/quantiles.ts';
import { falseWinnerBar, gridPart, percent } from './calibrationReport.ts';
import { caseSource, Draws, scoreKinds } from './generator.ts';
import { analyzeFixed, drawRows, playLive, seedOf } from './simulate.ts';

export const layouts = {
  'two-equal': { name: 'two identical prompts', means: [0.6, 0.6] },
  'three-equal': { name: 'three identical prompts', means: [0.6, 0.6, 0.6] },
  'two-tied-on-top': { name: 'three prompts, two tied on top', means: [0.7, 0.7, 0.4] },
} as const;

const designs = scoreKinds.flatMap((kind) => [1, 3].map((repetitions) => ({ kind, repetitions })));
const labels = designs.map(({ kind, repetitions }) => [kind, repetitions]);
const sizes = [10, 20, 50];

/** Bar 3: when nothing is better, who wins? Live, at first sight, and extended twice. */
export function falseWinners(layout: keyof typeof layouts) {
  const { name, means } = layouts[layout];
  return gridPart({
    id: `false-winners-${layout}`,
    title: (runs) =>
      `False winners in %, live, ${name}: stopped as soon as allowed / first winner ever on screen / extended twice (${runs} runs per cell)`,
    head: ['scores', 'reps', ...sizes.map((n) => `n = ${n}`)],
    rows: labels,
    columns: sizes.length,
    cell(row, column, runs) {
      const { kind, repetitions } = designs[row]!;
      const n = sizes[column]!;
      const source = caseSource({ kind, repetitions, means });
      const count = { live: 0, shown: 0, extended: 0 };
      for (let run = 0; run < runs; run += 1) {
        const draws = new Draws(seedOf(`aa-${name}-${kind}-${repetitions}-${n}`, run));
        const outcome = playLive(means.length, n, () => source(draws), 2);
        if (outcome.winner !== null) count.live += 1;
        if (outcome.shown !== null) count.shown += 1;
        if (outcome.extended !== null) count.extended += 1;
      }
      const bar = falseWinnerBar(runs);
      const failures: string[] = [];
      const shares = Object.entries(count).map(([way, value]) => {
        const share = percent(value, runs);
        if (share > bar) {
          failures.push(`${way} winners ${share}% in ${name}, ${kind}, r=${repetitions}, n=${n}`);
        }
        return share;
      });
      return { cells: [shares.join(' / ')], failures };
    },
  });
}

const naiveSizes = [5, 10, 20, 50, 100];

/** Bar 11 and the comparison in the documentation: what other rules do with identical prompts. */
export function naiveRules() {
  return gridPart({
    id: 'naive-rules',
    title: (runs) =>
      `False winners in % between two identical prompts: 5-point margin / paired z test / the same, looked at after every case / **Promptly, fixed** (${runs} runs per cell)`,
    head: ['scores', 'reps', ...naiveSizes.map((n) => `n = ${n}`)],
    rows: labels,
    columns: naiveSizes.length,
    cell(row, column, runs) {
      const { kind, repetitions } = designs[row]!;
      const n = naiveSizes[column]!;
      const source = caseSource({ kind, repetitions, means: [0.6, 0.6] });
      const count = { margin: 0, z: 0, peeked: 0, fixed: 0 };
      for (let run = 0; run < runs; run += 1) {
        const cases = drawRows(source, n, seedOf(`naive-${kind}-${repetitions}-${n}`, run));
        const d = cases.map(([a = 0, b = 0]) => a - b);
        if (isBeyondMargin(d)) count.margin += 1;
        if (pairedZ(d)) count.z += 1;
        if (peekedZ(d)) count.peeked += 1;
        if (analyzeFixed(2, cases).winner !== null) count.fixed += 1;
      }
      const [margin, z, peeked, fixed] = [count.margin, count.z, count.peeked, count.fixed].map((value) =>
        percent(value, runs),
      );
      // The fixed test is exact: this only looks for gross mistakes, so that none of 30 cells trips it by luck.
      const failures =
        fixed! > falseWinnerBar(runs, 3)
          ? [`fixed mode: ${fixed}% at n=${n}, ${kind}, r=${repetitions}`]
          : [];
      return { cells: [`${margin} / ${z} / ${peeked} / **${fixed}**`], failures };
    },
  });
}

/** So many that the margin rule's false winners are known to about 0.3 points. */
const marginRuns = 20_000;
/** Bar 11, in percent, with the error of this simulation. */
const marginBar = { low: 36.3, high: 58.7 };

/** Bar 11: the 5-point margin rule at 20 cases, one repetition, two identical prompts. */
export function marginRule() {
  return gridPart({
    id: 'margin-rule',
    title: () =>
      `False winners in % of the 5-point margin rule between two identical prompts at 20 cases (${marginRuns} runs per cell)`,
    head: [...scoreKinds],
    rows: [[]],
    columns: scoreKinds.length,
    cell(_row, column) {
      const kind = scoreKinds[column]!;
      const source = caseSource({ kind, repetitions: 1, means: [0.6, 0.6] });
      let beyond = 0;
      for (let run = 0; run < marginRuns; run += 1) {
        const cases = drawRows(source, 20, seedOf(`margin-${kind}`, run));
        if (isBeyondMargin(cases.map(([a = 0, b = 0]) => a - b))) beyond += 1;
      }
      const share = percent(beyond, marginRuns);
      const isSpecified = share >= marginBar.low && share <= marginBar.high;
      const failures = isSpecified
        ? []
        : [`the margin rule calls ${share}%, ${kind}: the generator is not the one specified`];
      return { cells: [share], failures };
    },
  });
}

/** More than 5 points apart; exactly 5 is not more, however the sum was rounded. */
const isBeyondMargin = (d: readonly number[]): boolean => Math.abs(mean(d)) > 0.05 + 1e-12;

const critical = normalQuantile(0.975);

function pairedZ(d: readonly number[]): boolean {
  const error = Math.sqrt(sampleVariance(d) / d.length);
  return error > 0 && Math.abs(mean(d)) / error > critical;
}

function peekedZ(d: readonly number[]): boolean {
  return d.some((_, i) => i >= 4 && pairedZ(d.slice(0, i + 1)));
}
