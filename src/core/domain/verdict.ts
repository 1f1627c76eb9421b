export const verdictOutcomes = [
  'winner',
  'equivalent',
  'no_clear_winner',
  'not_enough_data',
  'running',
] as const;
export type VerdictOutcome = (typeof verdictOutcomes)[number];

/** Why there is no clear winner. */
export type VerdictReason = 'too_few_cases' | 'missing_data' | 'inconclusive';

/** The answer of an experiment. Variants by id. */
export interface Verdict {
  readonly outcome: VerdictOutcome;
  readonly winner: string | null;
  /** Highest mean over the cases that every variant has; null when two share it or no case is usable. */
  readonly leader: string | null;
  /**
   * 1 − the level at which the leader beats every rival, 0..1: when the prompts are equal, a confidence of c or more
   * comes up in at most 1 − c of the runs. Not the probability that the leader is better: that is `chanceBest`.
   * null while it is too early (fewer than 20 cases of a longer live run) and without a leader.
   */
  readonly confidence: number | null;
  /** Probability that the leader is truly best, if true differences between prompts have a standard deviation of 0.1. */
  readonly chanceBest: number | null;
  /** false: fragile, one more case lost as badly as possible would take the win away. Gates need true. */
  readonly survivesOneBadCase: boolean;
  readonly reason: VerdictReason | null;
  /** The verdict in plain words. */
  readonly sentence: string;
  /** Further cases for an 80% chance of a winner; null where the question is settled or cannot be answered. */
  readonly moreCases: { readonly forMinEffect: number | null; readonly forCurrentEffect: number | null };
}
