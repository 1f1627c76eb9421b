import type { CaseChange, CaseChangeKind } from '../domain/runComparison.ts';
import type { RunChanges, VariantChanges } from './buildRunChanges.ts';
import { asMetric } from './numberWords.ts';

/** The worse cases first: they are what somebody has to look at. */
const order: readonly CaseChangeKind[] = ['worse', 'better', 'unscored', 'added', 'removed'];

/** The cases that changed, in the order they are shown in. */
export function changedCases({ changes }: VariantChanges): readonly CaseChange[] {
  return changes
    .filter(({ kind }) => kind !== 'same')
    .toSorted((x, y) => order.indexOf(x.kind) - order.indexOf(y.kind));
}

export const changeHeaders = ['change', 'case', 'before', 'after'];

/** One row a changed case, the same in every rendering. */
export function changeRow({ caseId, kind, before, after }: CaseChange, { metric }: RunChanges): string[] {
  return [kind, caseId, asMetric(before, metric.name), asMetric(after, metric.name)];
}

/** What only one of the runs has, in words. */
export function oneSided({ onlyBefore, onlyAfter }: RunChanges): string[] {
  return [
    ...onlyBefore.map((id) => `${id}: only in the earlier run`),
    ...onlyAfter.map((id) => `${id}: only in the later run`),
  ];
}
