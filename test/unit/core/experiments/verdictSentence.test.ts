import { describe, expect, it } from 'vitest';
import { compareVariants } from '../../../../src/core/experiments/compareVariants.ts';
import type { ExperimentSetup } from '../../../../src/core/experiments/experimentSetup.ts';
import { asPercent, asPoints } from '../../../../src/core/experiments/verdictWords.ts';
import { measured } from '../../../../src/core/domain/score.ts';
import { casesFrom, setupOf } from '../../../support/scoredCases.ts';
import type { RawScores } from '../../../support/scoredCases.ts';

const fill = (n: number, score: number) => new Array<number>(n).fill(score);

function sentence(a: RawScores, b: RawScores, changes: Partial<ExperimentSetup> = {}): string {
  return compareVariants(setupOf(['A', 'B'], changes), casesFrom(a, b)).verdict.sentence;
}

describe('verdictSentence', () => {
  it('winner', () => {
    expect(sentence([...fill(12, 0.5), ...fill(4, 1)], fill(16, 1))).toBe(
      'B wins. Confidence 99.9% (a false alarm this strong: at most 0.1 in 100 if the prompts were equal). ' +
        'Chance B is truly best: 99.9%. +38 points (19 to 48).',
    );
  });

  it('no clear winner, with the number of cases that would settle it', () => {
    expect(sentence([0, 0, 0, 0, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 1, 1, 1, 1, 1])).toMatch(
      /^No clear winner\. B leads, confidence 37\.5%, chance it is best \d+(\.\d)?%\. .*\d+ more cases/,
    );
  });

  it('no clear winner where the noise is in the repetitions: says that more of them help more', () => {
    const noisy = [
      [1, 0, 1],
      [0, 1, 0],
    ];
    const cases = Array.from({ length: 12 }, (_, i) => ({
      id: `case-${i}`,
      scores: [noisy[i % 2] ?? [], noisy[(i + 1) % 3 === 0 ? 0 : 1] ?? []].map((scores) =>
        scores.map(measured),
      ),
    }));
    const { verdict, repetitionsWouldHelp } = compareVariants(setupOf(['A', 'B']), cases);
    expect(repetitionsWouldHelp).toBe(true);
    expect(verdict.sentence).toMatch(/ More repetitions would help more than more cases\.$/);
  });

  it('few cases: the record, and why it is not enough', () => {
    expect(sentence([0, 0, 1], [1, 1, 1])).toMatch(
      /^B leads: better on 2 of 3 cases, 1 tie; chance it is best \d+(\.\d)?%\. Three cases cannot make a winner: at least 6 that differ are needed, about \d+ for a difference of this size\.$/,
    );
  });

  it('few cases and nobody ahead', () => {
    expect(sentence([1, 0], [0, 1])).toBe(
      'No variant leads. Two cases cannot make a winner: at least 6 that differ are needed.',
    );
  });

  it('equivalent', () => {
    expect(sentence(fill(60, 1), fill(60, 1))).toMatch(/^Equivalent: any difference is within 5 points/);
  });

  it('equivalent of three: only the leader was compared with all', () => {
    const scores = [0.5, 0.51, 0.505].map((score) => fill(120, score));
    const { verdict } = compareVariants(setupOf(['A', 'B', 'C']), casesFrom(...scores));
    // Every case has the same small lead: a winner, unless more confidence is asked for than there can be.
    expect(verdict.outcome).toBe('winner');
    const mixed = [0, 1, 2].map((v) => fill(120, 0.5).map((score, i) => (i === v ? 0.6 + v / 100 : score)));
    expect(compareVariants(setupOf(['A', 'B', 'C']), casesFrom(...mixed)).verdict.sentence).toMatch(
      /^Equivalent: any difference from C is within 5 points,/,
    );
  });

  it('equivalent within exactly what was asked for', () => {
    const within = (minEffect: number) => sentence(fill(400, 1), fill(400, 1), { minEffect });
    expect(within(0.014)).toMatch(/ is within 1\.4 points,/);
    expect(within(0.01)).toMatch(/ is within 1 point,/);
    expect(within(0.25)).toMatch(/ is within 25 points,/);
  });

  it('running, and the best two of three are level', () => {
    const design = { mode: 'live', horizons: [40] } as const;
    const running = (...scores: number[]) =>
      compareVariants(setupOf(['A', 'B', 'C'], { design }), casesFrom(...scores.map((one) => fill(5, one))))
        .verdict.sentence;
    expect(running(1, 1, 0)).toBe('Running, 5 of 40 cases. No variant leads: the best are level.');
    expect(running(1, 1, 1)).toBe('Running, 5 of 40 cases. No variant leads: no difference so far.');
  });

  it('few cases because the others got lost', () => {
    const lost = new Array<null>(7).fill(null);
    expect(sentence([0, 0, 1, ...lost], [1, 1, 1, ...lost])).toMatch(
      /^B leads: better on 2 of 3 cases, .* 7 more have no score for every variant: retry what failed\.$/,
    );
  });

  it('a live confidence is on a grid: at least', () => {
    const design = { mode: 'live', horizons: [40] } as const;
    expect(sentence(fill(40, 0), fill(40, 1), { design })).toContain('Confidence ≥ 99.9%');
    expect(sentence(fill(30, 0.5), [...fill(20, 0.5), ...fill(10, 0.6)], { design })).toMatch(
      /^Running, 30 of 40 cases\. B leads, confidence (≥|below) /,
    );
  });

  it('nothing to compare', () => {
    expect(sentence([null, null], [1, 1])).toBe(
      'Not enough data: none of 2 cases has a score for every variant.',
    );
    expect(sentence([null], [1])).toBe('Not enough data: the only case has no score for every variant.');
    expect(sentence([], [])).toBe('Not enough data: no case has run yet.');
  });

  it('equally fast: what is left to choose by is the quality', () => {
    const metric = { name: 'latency', direction: 'lower', scale: 'log' } as const;
    expect(sentence(fill(600, 1), fill(600, 1), { metric })).toMatch(
      /^Equivalent: any difference is within 5%, .* so choose by quality\.$/,
    );
  });

  it('one is one', () => {
    expect(sentence([0], [1])).toMatch(/^B leads: better on 1 of 1 case; .*One case cannot make a winner/);
  });

  it('results that are missing and could overturn it', () => {
    const a = [...fill(8, 0), ...new Array<null>(6).fill(null)];
    expect(sentence(a, [...fill(8, 1), ...fill(6, 0)])).toBe(
      'No clear winner. B would win on the complete cases, but the missing results (6 of 14 cases) could overturn it. Retry what failed.',
    );
  });

  it('a win that hangs on one case is fragile', () => {
    expect(sentence(fill(6, 0), fill(6, 1))).toMatch(/Fragile: one bad case would overturn this\.$/);
  });

  it('says when variants cannot be told apart at a sensible cost', () => {
    const a = Array.from({ length: 12 }, (_, i) => i % 2);
    const b = Array.from({ length: 12 }, (_, i) => (i === 0 ? 0.05 : (i + (i > 5 ? 1 : 0)) % 2));
    expect(sentence(a, b)).toContain('not separable at a sensible cost');
  });
});

describe('words for numbers', () => {
  it.each([
    [0.97, '97%'],
    [0.9689, '96.8%'],
    [0.99999, '99.9%'],
    [1, '99.9%'],
    [0, '0%'],
  ])('%d is shown as %s: rounded down, never certain', (share, shown) => {
    expect(asPercent(share)).toBe(shown);
  });

  it.each([
    [0.123, '+12'],
    [-0.2, '−20'],
    [0.004, '+0.4'],
    [0, '0'],
  ])('%d is %s points', (difference, shown) => {
    expect(asPoints(difference)).toBe(shown);
  });
});
