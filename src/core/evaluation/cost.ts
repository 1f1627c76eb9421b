import { withoutScore, type Evaluator } from './evaluator.ts';
import { scoreAgainstLimit } from './limit.ts';

/** How the call's cost compares with `maxUsd`. An unknown price is no score. */
export const cost: Evaluator = {
  scale: 'graded',
  evaluate: ({ input, settings }) =>
    input.costUsd === null
      ? withoutScore('The cost is unknown: no price for this model. Set one in `promptly.pricing`.')
      : scoreAgainstLimit(input.costUsd, settings, 'maxUsd', 'USD'),
};
