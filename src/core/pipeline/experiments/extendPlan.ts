import type { ExperimentPlan, PlannedCase, RunEstimate, VariantTarget } from '../../domain/experimentPlan.ts';
import type { OpenedRun } from './storedExperiments.ts';

/** A plan that goes on after a finished run, or why there can be none. */
export type ExtensionPlanned =
  | { readonly status: 'ready'; readonly plan: ExperimentPlan; readonly newCases: number }
  | { readonly status: 'refused'; readonly message: string };

/**
 * Declares further cases for a finished live run, before any of them has run: those that its file has now and had not
 * then. Everything else must be as it was, or what was promised about false winners would no longer hold.
 *
 * @param now the same test, planned anew
 */
export function extendPlan(
  { runId, plan, ended, isRunning }: OpenedRun,
  now: ExperimentPlan,
): ExtensionPlanned {
  const refused = (message: string): ExtensionPlanned => ({ status: 'refused', message });
  if (plan.kind !== 'abtest') return refused(`${runId} is no A/B test; its cases can simply be run again`);
  if (plan.mode !== 'live') {
    return refused(`${runId} was judged once, at its end, and cannot be extended; start a new run`);
  }
  if (isRunning) return refused(`${runId} is still running; wait for its end`);
  if (ended === 'stopped-early') return refused(`${runId} stopped early with its verdict; start a new run`);
  if (ended !== 'finished') return refused(`${runId} is not finished; --resume it first`);
  const changed = whatChanged(plan, now);
  if (changed !== null) return refused(`${changed} since ${runId}; start a new run`);
  const known = new Set(plan.cases.map(contentOf));
  const added = now.cases.filter((item) => !known.has(contentOf(item)));
  if (added.length === 0) return refused(`the test has no cases that ${runId} has not had`);
  const groups = new Set(plan.cases.map(({ group }) => group));
  const late = added.find(({ group }) => group !== undefined && groups.has(group));
  if (late !== undefined) {
    return refused(
      `case ${late.id} belongs to "${late.group ?? ''}", which ${runId} has counted; start a new run`,
    );
  }
  const cases = [...plan.cases, ...withFreeIds(plan.cases, added)];
  const stages = [...(plan.stages ?? [plan.cases.length]), cases.length];
  const { budget, concurrency, estimate } = now;
  return {
    status: 'ready',
    newCases: added.length,
    plan: {
      ...plan,
      cases,
      stages,
      budget,
      concurrency,
      estimate: shareOf(estimate, added.length / now.cases.length),
    },
  };
}

/** Only the new cases are called. */
function shareOf(estimate: RunEstimate, share: number): RunEstimate {
  const { calls, judgeCalls, inputTokens, outputTokens, costUsd, minutes } = estimate;
  const part = (count: number): number => Math.round(count * share);
  return {
    calls: part(calls),
    judgeCalls: part(judgeCalls),
    inputTokens: part(inputTokens),
    outputTokens: part(outputTokens),
    costUsd: costUsd === null ? null : costUsd * share,
    minutes: part(10 * minutes) / 10,
  };
}

/** What must stay as it was, in words; null when it did. */
function whatChanged(plan: ExperimentPlan, now: ExperimentPlan): string | null {
  const here = new Set(now.cases.map(contentOf));
  const gone = plan.cases.find((item) => !here.has(contentOf(item)));
  if (gone !== undefined) return `case ${gone.id} was changed or removed`;
  if (plan.variants.length !== now.variants.length) return 'variants were added or removed';
  for (const [index, { label, target }] of plan.variants.entries()) {
    const other = now.variants[index];
    if (other?.label !== label || essenceOf(other.target) !== essenceOf(target)) {
      return `the variant "${label}" was changed`;
    }
  }
  const rules = ({ metric, repetitions, confidenceLevel, minEffect, suites }: ExperimentPlan): string =>
    JSON.stringify([
      metric,
      repetitions,
      confidenceLevel,
      minEffect,
      suites.map(({ evaluators }) => evaluators),
    ]);
  return rules(plan) === rules(now) ? null : 'the evaluators or the rules of the test were changed';
}

const contentOf = ({ variables, expected, group }: PlannedCase): string =>
  JSON.stringify([variables, expected ?? null, group ?? null]);

/** All that decides what a variant is sent, and nothing that does not: words for people, test data, why a route was chosen. */
function essenceOf(target: VariantTarget): string {
  return JSON.stringify(target, (key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (key === 'file')
      return without(value, ['testData', 'testDataFile', 'evaluators', 'description', 'tags']);
    return key === 'route' && 'backend' in value ? without(value, ['reason']) : value;
  });
}

const without = (value: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** Ids of the file may repeat those of the run where cases were put in between. */
function withFreeIds(before: readonly PlannedCase[], added: readonly PlannedCase[]): PlannedCase[] {
  const ids = new Set(before.map(({ id }) => id));
  return added.map((item) => {
    let { id } = item;
    for (let count = 2; ids.has(id); count++) id = `${item.id}#${count}`;
    ids.add(id);
    return { ...item, id };
  });
}
