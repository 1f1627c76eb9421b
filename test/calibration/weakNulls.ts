import { falseWinnerBar, gridPart, percent } from './calibrationReport.ts';
import { caseSource } from './generator.ts';
import type { Draws } from './generator.ts';
import { drawRows, playBoth, seedOf } from './simulate.ts';
import type { CaseSource } from './simulate.ts';

/** The second variant is a little better on most cases and much worse on the rest, with the same mean. */
function twoPoint(share: number, gain: number, loss: number): CaseSource {
  return (draws: Draws) => {
    const better = draws.uniform() < share;
    return better ? [0, gain].map((x) => x + 0.5 - gain / 2) : [loss, 0];
  };
}

const graded = caseSource({ kind: '5-level', repetitions: 1, means: [0.6, 0.6] });

/** Collapses to 0 on a fifth of the cases and makes up for it, on average, on the others. Scores in steps of 0.05. */
const collapsing: CaseSource = (draws) => {
  const [base = 0, other = 0] = graded(draws);
  const score = 0.8 * base;
  return draws.uniform() < 0.2 ? [score, 0] : [score, score + 0.25 * 0.8 * other];
};

const nulls: readonly (readonly [string, CaseSource])[] = [
  ['better on 80%, collapses on 20%', collapsing],
  ['+.1 on 80%, −.4 on 20%', twoPoint(0.8, 0.1, 0.4)],
  ['+.1 on 90%, −.9 on 10%', twoPoint(0.9, 0.1, 0.9)],
  ['+.05 on 95%, −.95 on 5%', twoPoint(0.95, 0.05, 0.95)],
];

const sizes = [10, 20, 50, 100, 200];

/** Bar 6: equal means, very different shapes. What the strict rule is for. */
export function weakNulls() {
  return gridPart({
    id: 'weak-nulls',
    title: (runs) =>
      `Winners in % where the means are equal and the shapes are not: fixed / live / **strict rule** (${runs} runs per cell)`,
    head: ['second prompt', ...sizes.map((n) => `n = ${n}`)],
    rows: nulls.map(([name]) => [name]),
    columns: sizes.length,
    cell(row, column, runs) {
      const [name, source] = nulls[row]!;
      const n = sizes[column]!;
      const count = { fixed: 0, live: 0, strict: 0 };
      for (let run = 0; run < runs; run += 1) {
        const { live, fixed } = playBoth(2, drawRows(source, n, seedOf(`weak-${name}-${n}`, run)));
        if (fixed.winner !== null) count.fixed += 1;
        if (live.winner !== null) count.live += 1;
        if (live.strictWinner !== null) count.strict += 1;
      }
      const shares = [count.fixed, count.live, count.strict].map((value) => percent(value, runs));
      const [fixed = 0, live = 0, strict = 0] = shares;
      const failures: string[] = [];
      if (strict > falseWinnerBar(runs)) failures.push(`strict rule: ${strict}% at n=${n}, ${name}`);
      if (live - fixed > 1.5) failures.push(`live ${live}% against fixed ${fixed}% at n=${n}, ${name}`);
      return { cells: [`${fixed} / ${live} / **${strict}**`], failures };
    },
  });
}
