import type { RunResult } from './runResult.ts';

interface Described<Data> {
  readonly text: readonly string[];
  readonly data: Data;
  readonly isError?: boolean;
}

/** The document of a run with the same in words, for an agent: the answer, then what it took; or why there is none. */
export function describeRunResult(result: RunResult): Described<RunResult> {
  if (result.failure !== null) {
    const { code, message, hint } = result.failure;
    const partial = result.output === '' ? [] : [`What had arrived:\n${result.output}`];
    return { text: [`${code}: ${message} ${hint}`, ...partial], data: result, isError: true };
  }
  return { text: [result.output, summaryOf(result)], data: result };
}

function summaryOf({ backend, model, timing, usage, costUsd, steps, cached }: RunResult): string {
  const parts = [
    `${backend}/${model}`,
    ...(steps === undefined ? [] : [`${steps.length} steps`]),
    cached ? 'recorded answer' : `${(timing.totalMs / 1000).toFixed(1)} s`,
    `${usage.inputTokens ?? '?'} tokens in, ${usage.outputTokens ?? '?'} out`,
    costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(4)}`,
  ];
  return `(${parts.join(' · ')})`;
}
