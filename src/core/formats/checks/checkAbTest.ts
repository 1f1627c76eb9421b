import type { AbTest } from '../../domain/promptFile.ts';
import type { ReadingContext } from '../normalise/context.ts';
import { metricNames } from '../schema/fileSchemas.ts';
import { didYouMean } from '../suggest.ts';

export function checkAbTest(test: AbTest, context: ReadingContext): void {
  if (test.variants.length < 2) {
    const message = 'An A/B test compares two or more variants. Add another under `variants`.';
    context.refuse({ code: 'too-few-variants', message, path: ['variants'], part: 'key' });
  }
  test.variants.forEach((variant, index) => {
    if (variant.prompt !== '') return;
    const message = 'This variant names no prompt.';
    context.refuse({ code: 'missing-key', message, path: ['variants', index] });
  });
  if (test.metric === undefined || test.evaluators === null) return;
  const known = [...metricNames, ...test.evaluators.map(({ name }) => name)];
  if (known.includes(test.metric)) return;
  const message = `\`${test.metric}\` is no metric and no evaluator of this test.${didYouMean(test.metric, known)} Known here: ${known.join(', ')}.`;
  context.refuse({ code: 'unknown-metric', message, path: ['metric'] });
}
