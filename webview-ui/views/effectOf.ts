import type { ReportedComparison } from '../../src/core/domain/report.ts';
import { isRelative } from '../../src/core/reporting/numberWords.ts';
import type { PanelExperiment } from '../../src/protocol/panelReport.ts';

/** What the leader has more (or, for a metric that should be low, takes less) than its closest rival. */
export interface Effect {
  readonly leader: string;
  readonly rival: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Cases where the leader is better, worse, equal. */
  readonly better: number;
  readonly worse: number;
  readonly equal: number;
}

/** null without a leader or a difference. */
export function effectOf(experiment: PanelExperiment): Effect | null {
  const { leader } = experiment.verdict;
  if (leader === null) return null;
  const effects = experiment.comparisons.flatMap((pair) => {
    const effect = seenFrom(pair, leader, isRelative(experiment.metric.name));
    return effect === null ? [] : [effect];
  });
  // The closest rival is the one the leader has least over.
  const turn = experiment.metric.direction === 'higher' ? 1 : -1;
  return effects.toSorted((x, y) => turn * (x.difference - y.difference))[0] ?? null;
}

function seenFrom(pair: ReportedComparison, leader: string, relative: boolean): Effect | null {
  const { a, b, difference, interval, wins, losses, ties } = pair;
  if (difference === null || interval === null || (a !== leader && b !== leader)) return null;
  if (b === leader) {
    return { leader, rival: a, difference, ...interval, better: wins, worse: losses, equal: ties };
  }
  // b − a turned round; a ratio b / a − 1 becomes a / b − 1.
  const turn = (value: number): number => (relative ? 1 / Math.max(1e-9, 1 + value) - 1 : -value);
  return {
    leader,
    rival: b,
    difference: turn(difference),
    low: turn(interval.high),
    high: turn(interval.low),
    better: losses,
    worse: wins,
    equal: ties,
  };
}
