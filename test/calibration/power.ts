import { gridPart, percent, slack } from './calibrationReport.ts';
import type { CellResult } from './calibrationReport.ts';
import { caseSource, Draws } from './generator.ts';
import type { ScoreKind } from './generator.ts';
import { playLive, seedOf } from './simulate.ts';

interface PowerCell {
  readonly kind: ScoreKind;
  readonly repetitions: number;
  readonly variants: number;
  readonly difference: number;
  readonly n: number;
  /** Bars 4 and 5, in percent. */
  readonly leastPower?: number;
  readonly mostUsed?: number;
}

const cells: readonly PowerCell[] = [
  { kind: 'binary', repetitions: 1, variants: 2, difference: 0.2, n: 20 },
  { kind: 'binary', repetitions: 1, variants: 2, difference: 0.2, n: 50, leastPower: 54 },
  { kind: 'binary', repetitions: 1, variants: 2, difference: 0.2, n: 100, leastPower: 87, mostUsed: 75 },
  { kind: 'binary', repetitions: 3, variants: 2, difference: 0.2, n: 20 },
  { kind: 'binary', repetitions: 3, variants: 2, difference: 0.2, n: 50, leastPower: 92 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.1, n: 50 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.1, n: 100 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.2, n: 10 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.2, n: 20, leastPower: 74 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.2, n: 50, leastPower: 98, mostUsed: 76 },
  { kind: '5-level', repetitions: 1, variants: 2, difference: 0.2, n: 100, mostUsed: 41 },
  { kind: '5-level', repetitions: 1, variants: 5, difference: 0.2, n: 50, leastPower: 96 },
  { kind: 'continuous', repetitions: 1, variants: 2, difference: 0.1, n: 50, leastPower: 69 },
  { kind: 'continuous', repetitions: 1, variants: 2, difference: 0.2, n: 20 },
];

/** Bars 4 and 5: how often a real difference is found, and with how many of the planned cases. */
export function power() {
  return gridPart({
    id: 'power',
    title: (runs) => `Power, live, stopped as soon as allowed (${runs} runs per cell)`,
    head: [
      'scores',
      'reps',
      'prompts',
      'true difference',
      'planned cases',
      'right winner %',
      'wrong winner %',
      'cases used %',
    ],
    rows: cells.map(({ kind, repetitions, variants, difference, n }) => [
      kind,
      repetitions,
      variants,
      difference,
      n,
    ]),
    columns: 1,
    cell: (row, _column, runs) => powerOf(cells[row]!, runs),
  });
}

function powerOf(cell: PowerCell, runs: number): CellResult {
  const { kind, repetitions, variants, difference, n, leastPower, mostUsed } = cell;
  const means = Array.from({ length: variants }, (_, v) => (v === 0 ? 0.6 + difference : 0.6));
  const source = caseSource({ kind, repetitions, means });
  const name = `${kind}, r=${repetitions}, k=${variants}, d=${difference}, n=${n}`;
  const count = { right: 0, wrong: 0, cases: 0 };
  for (let run = 0; run < runs; run += 1) {
    const draws = new Draws(seedOf(`power-${name}`, run));
    const outcome = playLive(variants, n, () => source(draws));
    if (outcome.winner === 0) count.right += 1;
    else if (outcome.winner !== null) count.wrong += 1;
    count.cases += outcome.cases;
  }
  const failures: string[] = [];
  const found = percent(count.right, runs);
  const used = percent(count.cases, runs * n);
  if (leastPower !== undefined && found < leastPower - slack(leastPower, runs)) {
    failures.push(`power ${found}% < ${leastPower}%: ${name}`);
  }
  if (mostUsed !== undefined && used > mostUsed + slack(mostUsed, runs)) {
    failures.push(`used ${used}% > ${mostUsed}%: ${name}`);
  }
  return { cells: [found, percent(count.wrong, runs), used], failures };
}
