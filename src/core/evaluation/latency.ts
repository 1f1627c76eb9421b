import type { Evaluator } from './evaluator.ts';
import { scoreAgainstLimit } from './limit.ts';

/** How the call's total time compares with `maxMs`. */
export const latency: Evaluator = {
  scale: 'graded',
  evaluate: ({ input, settings }) => scoreAgainstLimit(input.timing.totalMs, settings, 'maxMs', 'ms'),
};
