import type { AbReport, ReportedResult } from '../domain/report.ts';

/** More kinds of trouble than this stay in the other formats. */
const mostReasons = 3;

/**
 * Why results failed or have no score, the most frequent first: how many it were, and what one of them says. Empty when
 * all is well.
 */
export function missingReasons({ cases }: Pick<AbReport, 'cases'>): string[] {
  const found = new Map<string, { count: number; readonly example: string }>();
  for (const result of cases.flatMap(({ results }) => Object.values(results).flat())) {
    for (const [kind, example] of troublesOf(result)) {
      const known = found.get(kind);
      if (known === undefined) found.set(kind, { count: 1, example });
      else known.count += 1;
    }
  }
  return [...found.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, mostReasons)
    .map(({ count, example }) => `${count}× ${example}`);
}

function troublesOf({ failure, evaluations }: ReportedResult): [kind: string, example: string][] {
  if (failure !== null) return [[failure.code, `failed, ${failure.code}: ${failure.message}`]];
  return evaluations
    .filter(({ score }) => score === null)
    .map(({ name, reason }) => [`${name} `, `no score from ${name}${reason === null ? '' : `: ${reason}`}`]);
}
