import { mean } from '../../src/core/statistics/moments.ts';
import { variantInterval } from '../../src/core/statistics/variantInterval.ts';
import { gridPart, percent, slack } from './calibrationReport.ts';
import { caseSource, Draws, scoreKinds } from './generator.ts';
import type { CellDesign } from './generator.ts';
import { analyzeFixed, drawRows, seedOf } from './simulate.ts';

/** What the intervals should cover: for graded scores, which are rounded, the means of a great many cases. */
function truth(design: CellDesign): readonly number[] {
  if (design.kind === 'binary') return design.means;
  const source = caseSource(design);
  const draws = new Draws(99);
  const rows = Array.from({ length: 100_000 }, () => source(draws));
  return design.means.map((_, v) => mean(rows.map((row) => row[v]!)));
}

const sizes = [5, 10, 20, 50, 100];
const designs = scoreKinds.flatMap((kind) => [1, 3].map((repetitions) => ({ kind, repetitions })));

/** Bar 7, differences: the intervals as they are shown, aligned with the test. */
export function differenceCoverage() {
  const rows = designs.flatMap((design) => [0, 0.1, 0.3].map((difference) => ({ ...design, difference })));
  return gridPart({
    id: 'difference-coverage',
    title: (runs) =>
      `How often the 95% interval of a difference contains the true one, in % (${runs} runs per cell)`,
    head: ['scores', 'reps', 'true difference', ...sizes.map((n) => `n = ${n}`)],
    rows: rows.map(({ kind, repetitions, difference }) => [kind, repetitions, difference]),
    columns: 1,
    cell(row, _column, runs) {
      const { kind, repetitions, difference } = rows[row]!;
      const design = { kind, repetitions, means: [0.6 + difference, 0.6] };
      const source = caseSource(design);
      const [first = 0, second = 0] = truth(design);
      const expected = difference === 0 ? 0 : first - second;
      const failures: string[] = [];
      const cells = sizes.map((n) => {
        let covered = 0;
        for (let run = 0; run < runs; run += 1) {
          const seed = seedOf(`coverage-${kind}-${repetitions}-${difference}-${n}`, run);
          const { low, high } = analyzeFixed(2, drawRows(source, n, seed)).pairs[0]!.interval;
          if (low <= expected + 1e-12 && expected <= high + 1e-12) covered += 1;
        }
        const share = percent(covered, runs);
        if (n >= 10 && share < 93 - slack(93, runs)) {
          failures.push(
            `difference interval covers ${share}%: ${kind}, r=${repetitions}, d=${difference}, n=${n}`,
          );
        }
        return share;
      });
      return { cells, failures };
    },
  });
}

/** Bar 7, single variants. */
export function variantCoverage() {
  const allSizes = [...sizes, 200];
  const rows = designs.flatMap((design) => [0.5, 0.8, 0.95].map((wanted) => ({ ...design, wanted })));
  return gridPart({
    id: 'variant-coverage',
    title: (runs) =>
      `How often the 95% interval of one prompt's score contains the true one, in % (${runs} runs per cell)`,
    head: ['scores', 'reps', 'true score', ...allSizes.map((n) => `n = ${n}`)],
    rows: rows.map(({ kind, repetitions, wanted }) => [kind, repetitions, wanted]),
    columns: 1,
    cell(row, _column, runs) {
      const { kind, repetitions, wanted } = rows[row]!;
      const design = { kind, repetitions, means: [wanted] };
      const source = caseSource(design);
      const [expected = 0] = truth(design);
      const failures: string[] = [];
      const cells = allSizes.map((n) => {
        let covered = 0;
        for (let run = 0; run < runs; run += 1) {
          const draws = new Draws(seedOf(`variant-${kind}-${repetitions}-${wanted}-${n}`, run));
          const { low, high } = variantInterval(Array.from({ length: n }, () => source(draws)[0]!));
          if (low <= expected && expected <= high) covered += 1;
        }
        const share = percent(covered, runs);
        if (share < 93 - slack(93, runs)) {
          failures.push(
            `variant interval covers ${share}%: ${kind}, r=${repetitions}, mean ${wanted}, n=${n}`,
          );
        }
        return share;
      });
      return { cells, failures };
    },
  });
}
