import { createFailure } from './createFailure.ts';
import type { ExperimentPlan } from './experimentPlan.ts';
import type { CellResult } from './runEvent.ts';
import type { Usage } from './chat.ts';
import { unknownUsage } from './chat.ts';

/** One repetition of a case on a variant. */
export interface ExperimentCell {
  /** Positions in the plan. */
  readonly caseIndex: number;
  readonly variantIndex: number;
  /** From 0. */
  readonly repetition: number;
}

/** `c12-v0-r2`; the steps of a chain add `/<step>`. */
export const cellIdOf = ({ caseIndex, variantIndex, repetition }: ExperimentCell): string =>
  `c${caseIndex}-v${variantIndex}-r${repetition}`;

/** null for the id of a chain's step, and for anything that is no cell of the plan. */
export function parseCellId(plan: ExperimentPlan, cellId: string): ExperimentCell | null {
  const match = /^c(\d+)-v(\d+)-r(\d+)$/.exec(cellId);
  if (match === null) return null;
  const [caseIndex, variantIndex, repetition] = match.slice(1).map(Number) as [number, number, number];
  const known =
    caseIndex < plan.cases.length && variantIndex < plan.variants.length && repetition < plan.repetitions;
  return known ? { caseIndex, variantIndex, repetition } : null;
}

/** The cells of one case, all variants of a repetition together. */
export function cellsOfCase(plan: ExperimentPlan, caseIndex: number): ExperimentCell[] {
  const cells: ExperimentCell[] = [];
  for (let repetition = 0; repetition < plan.repetitions; repetition++) {
    cells.push(...rivalsOf(plan, { caseIndex, repetition }));
  }
  return cells;
}

/** The cells of the same case and repetition, this one among them. */
export function rivalsOf(
  plan: ExperimentPlan,
  { caseIndex, repetition }: Pick<ExperimentCell, 'caseIndex' | 'repetition'>,
): ExperimentCell[] {
  const variants = plan.suites[plan.cases[caseIndex]?.suite ?? -1]?.variants ?? [];
  return variants.map((variantIndex) => ({ caseIndex, variantIndex, repetition }));
}

/** A chain's result as a whole: the last output, what all steps took. */
export function sumResults(steps: readonly CellResult[]): CellResult {
  const last = steps.at(-1);
  const failure =
    last === undefined
      ? createFailure('internal', 'The chain has no steps.')
      : (steps.find((step) => step.failure !== null)?.failure ?? null);
  const [first] = steps;
  return {
    output: last?.output ?? '',
    failure,
    timing: {
      totalMs: steps.reduce((sum, { timing }) => sum + timing.totalMs, 0),
      firstTextMs: steps.length === 1 ? (first?.timing.firstTextMs ?? null) : null,
    },
    usage: steps.map(({ usage }) => usage).reduce(addUsage, first === undefined ? unknownUsage : noUsage),
    costUsd: steps.map(({ costUsd }) => costUsd).reduce(plus, 0),
    attempts: steps.reduce((sum, { attempts }) => sum + attempts, 0),
    cached: steps.length > 0 && steps.every(({ cached }) => cached),
    finishReason: last?.finishReason ?? null,
  };
}

const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };

const addUsage = (a: Usage, b: Usage): Usage => ({
  inputTokens: plus(a.inputTokens, b.inputTokens),
  outputTokens: plus(a.outputTokens, b.outputTokens),
  cachedInputTokens: plus(a.cachedInputTokens, b.cachedInputTokens),
});

/** Unknown plus anything is unknown. */
export const plus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;
