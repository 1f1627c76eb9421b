/**
 * The constants of the method, in one place. Each was chosen by simulation; `docs/statistics.md` shows what they buy.
 * All levels of error are for a two-sided 5% test and scale with `alpha` when a user asks for another confidence.
 */

/** Error level of the winner rule when the user says nothing: confidence 95%. */
export const defaultAlpha = 0.05;

/** Smallest difference worth having, and the margin of "equivalent", when the user says nothing. */
export const defaultMinEffect = 0.05;

/** Differences are put on a lattice of 1/840 (divisible by 2..8, so means of up to 8 repetitions are exact). */
export const fineLattice = 840;
/** The coarser lattice for plans of more than `fineLatticeMaxCases` cases: the test stays exact and ten times cheaper. */
export const coarseLattice = 84;
export const fineLatticeMaxCases = 400;

/** Shape of the spending within a stage: the share of alpha spent by t of h cases is (t/h)^4. */
export const spendingPower = 4;
/** Share of alpha that the planned cases may spend. */
export const firstStageWeight = 0.8;
/** Share of the first extension; each further one gets `extensionRatio` of the one before. */
export const extensionWeight = 0.07;
export const extensionRatio = 0.15;
/** Nothing is spent, so nothing can be won, before this many cases (unless fewer were planned). */
export const minLooks = 20;
/** Hypothetical worst-case losses that a win must survive to end a run early. */
export const earlyStopLosses = 2;

/** Levels the live monitor watches, widest first. The live confidence is one minus one of these. */
export const monitorLevels: readonly number[] = [
  0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.075, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001,
];

/** Standard deviation of true differences between prompts, before any data: the prior of `chanceBest`. */
export const priorEffectSd = 0.1;
/** The prior on the variance of a case's difference: worth two cases with a standard deviation of 0.3. */
export const priorCases = 2;
export const priorDifferenceSd = 0.3;

/** Power that "how many more cases" plans for. */
export const plannedPower = 0.8;
/** Share of alpha used in planning inside the first stage: live power then is near the planned one. */
export const planningShare = 0.6;
/** The same for an extension, times the weight of that stage. */
export const planningExtensionShare = 0.85;
