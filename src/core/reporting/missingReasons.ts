import type { AbReport, ReportedResult } from '../domain/report.ts';

/** More kinds of trouble than this stay in the other formats. */
const mostReasons = 3;

/**
 * Why results failed or have no score, the most frequent first: how many it were, and what one of them says. Empty when
 * all is well.
 */
export function missingReasons({ cases, metric }: Pick<AbReport, 'cases' | 'metric'>): string[] {
  const found = new Map<string, { count: number; readonly example: string }>();
  for (const result of cases.flatMap(({ results }) => Object.values(results).flat())) {
    for (const [kind, example] of troublesOf(result, metric.name)) {
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

function troublesOf(result: ReportedResult, metric: string): [kind: string, example: string][] {
  const { failure, evaluations } = result;
  if (failure !== null) return [[failure.code, `failed, ${failure.code}: ${failure.message}`]];
  const unmeasured = whyUnmeasured(result, metric);
  return [
    ...(unmeasured === null ? [] : [[unmeasured, unmeasured] as [string, string]]),
    ...evaluations
      .filter(({ score }) => score === null)
      .map(({ name, reason }): [string, string] => [
        `${name} `,
        `no score from ${name}${reason === null ? '' : `: ${reason}`}`,
      ]),
  ];
}

/** Why the call itself gives no number of this metric; null where it does, or where evaluators give it. */
function whyUnmeasured({ cached, timing, usage, costUsd }: ReportedResult, metric: string): string | null {
  if (metric === 'latency') {
    if (cached) return 'no latency: the answer came from the cache (--no-cache has it made anew)';
    return timing.totalMs > 0 ? null : 'no latency: the answer took less than can be measured';
  }
  if (metric === 'tokens') {
    const { inputTokens, outputTokens } = usage;
    if (inputTokens === null || outputTokens === null) return 'no tokens: the backend did not count them';
    return inputTokens + outputTokens > 0 ? null : 'no tokens: the backend counted none';
  }
  if (metric !== 'cost') return null;
  if (cached) return 'no cost: the answer came from the cache (--no-cache has it made anew)';
  if (costUsd === null) return 'no cost: the price of the model is not known (set it in promptly.pricing)';
  return costUsd > 0 ? null : 'no cost: the call was free, and ratios of costs need a price above 0';
}
