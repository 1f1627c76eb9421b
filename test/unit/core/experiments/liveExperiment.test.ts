import { describe, expect, it } from 'vitest';
import { CommitOrder } from '../../../../src/core/experiments/commitOrder.ts';
import { compareVariants } from '../../../../src/core/experiments/compareVariants.ts';
import { LiveExperiment } from '../../../../src/core/experiments/liveExperiment.ts';
import { LiveMonitor } from '../../../../src/core/experiments/liveMonitor.ts';
import { seededOrder } from '../../../../src/core/statistics/seededOrder.ts';
import { casesFrom, gradedScores, setupOf } from '../../../support/scoredCases.ts';

const live = (...horizons: number[]) => setupOf(['A', 'B'], { design: { mode: 'live', horizons } });
const scored = (cases: number, advantage: number, seed = 1) =>
  casesFrom(...gradedScores(seed, cases, [0, advantage]));

describe('LiveExperiment', () => {
  it('is too early to say before 20 cases, and says so', () => {
    const experiment = new LiveExperiment(live(40));
    for (const one of scored(12, 0.2)) experiment.push(one);
    const { verdict, canStop } = experiment.comparison();
    expect(verdict).toMatchObject({ outcome: 'running', leader: 'b', confidence: null, winner: null });
    expect(verdict.sentence).toMatch(/^Running, 12 of 40 cases\. B leads, too early for a confidence/);
    expect(canStop).toBe(false);
  });

  it('may stop early with a clear winner, and a resumed run is the same to the last byte', () => {
    const cases = scored(100, 0.2);
    const experiment = new LiveExperiment(live(100));
    const stop = cases.findIndex((one) => experiment.push(one).canStop);
    expect(stop).toBeGreaterThanOrEqual(19);
    expect(stop).toBeLessThan(60);
    const comparison = experiment.comparison();
    expect(comparison).toMatchObject({ canStop: true, verdict: { outcome: 'winner', winner: 'b' } });
    const resumed = new LiveExperiment(live(100));
    for (const one of cases.slice(0, stop + 1)) resumed.push(one);
    expect(JSON.stringify(resumed.comparison())).toBe(JSON.stringify(comparison));
    expect(JSON.stringify(compareVariants(live(100), cases.slice(0, stop + 1)))).toBe(
      JSON.stringify(comparison),
    );
  });

  it('comes to the same whatever the order in which answers arrive', () => {
    const cases = scored(40, 0.1);
    const committed = new CommitOrder<(typeof cases)[number]>();
    const experiment = new LiveExperiment(live(40));
    const states = seededOrder(5, 40).flatMap((position) =>
      committed.finish(position, cases[position]!).map((one) => experiment.push(one)),
    );
    const inOrder = new LiveExperiment(live(40));
    expect(states).toEqual(cases.map((one) => inOrder.push(one)));
  });

  it('does not finish a case twice', () => {
    const committed = new CommitOrder<string>();
    expect(committed.finish(1, 'second')).toEqual([]);
    expect(committed.finish(0, 'first')).toEqual(['first', 'second']);
    expect(() => committed.finish(1, 'again')).toThrow(RangeError);
  });

  it('can be extended before the further cases run, not after', () => {
    const cases = scored(60, 0.04, 9);
    const experiment = new LiveExperiment(live(20));
    for (const one of cases.slice(0, 20)) experiment.push(one);
    expect(experiment.comparison().verdict.outcome).toBe('no_clear_winner');
    experiment.extend(30);
    expect(experiment.comparison().cases.planned).toBe(50);
    experiment.push(cases[20]!);
    expect(experiment.comparison().verdict.outcome).toBe('running');
    for (const one of cases.slice(21, 51)) experiment.push(one);
    expect(() => experiment.extend(10)).toThrow(/before its first case/);
  });

  it('stopped by hand it has no clear winner, whatever is on screen', () => {
    const tiny = Array.from({ length: 24 }, () => 0.8);
    const cases = casesFrom(
      tiny,
      tiny.map(() => 0.85),
    );
    const experiment = new LiveExperiment(live(30));
    for (const one of cases) experiment.push(one);
    expect(experiment.comparison()).toMatchObject({
      canStop: false,
      verdict: { outcome: 'running', confidence: 0.999 },
    });
    const { verdict } = experiment.comparison(true);
    expect(verdict).toMatchObject({ outcome: 'no_clear_winner', winner: null, reason: 'inconclusive' });
    expect(verdict.sentence).toMatch(
      /^No clear winner\. Stopped after 24 of 30 cases, before the lead was safe\. B leads/,
    );
  });

  it('stopped by hand before a lead is safe, no gate takes it either', () => {
    const same = (score: number) => new Array<number>(28).fill(score);
    const experiment = new LiveExperiment(live(40));
    for (const one of casesFrom(same(0.75), same(0.9))) experiment.push(one);
    const { verdict, comparisons } = experiment.comparison(true);
    expect(verdict).toMatchObject({ outcome: 'no_clear_winner', survivesOneBadCase: true });
    expect(comparisons[0]).toMatchObject({ better: 'b', surelyBetter: null });
  });

  it('stopped by hand where it may stop, the winner stays', () => {
    const experiment = new LiveExperiment(live(100));
    for (const one of scored(60, 0.2)) experiment.push(one);
    const { verdict, comparisons } = experiment.comparison(true);
    expect(verdict).toMatchObject({ outcome: 'winner', winner: 'b' });
    expect(comparisons[0]?.surelyBetter).toBe('b');
  });

  it('a group of cases is pushed together and is one look', () => {
    const experiment = new LiveExperiment(live(30));
    const cases = scored(4, 0.2);
    expect(experiment.push(...cases).cases).toBe(1);
    expect(experiment.comparison().cases.compared).toBe(1);
  });

  it('a case that is refused does not count', () => {
    const experiment = new LiveExperiment(live(30));
    const [first, second] = casesFrom([0.5, 2], [0.5, 1]);
    experiment.push(first!);
    expect(() => experiment.push(second!)).toThrow('a score must lie in 0..1, got 2');
    expect(experiment.comparison().variants.map(({ cases }) => cases)).toEqual([1, 1]);
    const monitor = new LiveMonitor(2, 30);
    expect(() => monitor.push([NaN, 1])).toThrow(RangeError);
    expect(monitor.state().cases).toBe(0);
  });

  it('a winner at exactly the confidence asked for is not shown short of it', () => {
    const setup = { ...live(7), confidenceLevel: 0.93 };
    const experiment = new LiveExperiment(setup);
    // Three of the 128 sign patterns are as good as this: p is 0.047, more than the 0.04 that 95% may spend.
    for (const one of casesFrom([0.1, 0, 0, 0, 0, 0, 0], [0, 0.05, 0.5, 0.5, 0.5, 0.5, 0.5]))
      experiment.push(one);
    const { verdict, comparisons } = experiment.comparison();
    expect(verdict).toMatchObject({ outcome: 'winner', confidence: 0.93 });
    expect(comparisons[0]?.confidence).toBe(0.93);
  });

  it.each([[[0]], [[20, 20]], [[20, 10]], [[]]])('refuses horizons %j', (horizons) => {
    expect(() => new LiveExperiment(live(...horizons))).toThrow(RangeError);
  });
});
