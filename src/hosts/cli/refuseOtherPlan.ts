import type { ExperimentPlan } from '../../core/domain/experimentPlan.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/**
 * A run goes on as it was planned. What the command line says otherwise is refused: left undone in silence, it would look
 * as if it had been done. The same words as when the run began are fine. Throws `UsageError`.
 */
export function refuseOtherPlan(
  runId: string,
  plan: ExperimentPlan,
  options: ParsedOptions,
  aliases: Settings['modelAliases'],
): void {
  const other = Object.entries(isAsPlanned).find(
    ([name, isSame]) => options.has(name) && !isSame(plan, options, aliases),
  );
  if (other === undefined) return;
  throw new UsageError(
    `--${other[0]}: ${runId} was planned otherwise, and a run goes on as it was planned. Leave the option out, or begin a new run`,
  );
}

type IsAsPlanned = (
  plan: ExperimentPlan,
  options: ParsedOptions,
  aliases: Settings['modelAliases'],
) => boolean;

const isAsPlanned: Readonly<Record<string, IsAsPlanned>> = {
  seed: (plan, options) => options.number('seed') === plan.seed,
  repetitions: (plan, options) => options.number('repetitions') === plan.repetitions,
  metric: (plan, options) => options.text('metric') === plan.metric.name,
  confidence: (plan, options) => options.number('confidence') === plan.confidenceLevel,
  'min-effect': (plan, options) => options.number('min-effect') === plan.minEffect,
  'stop-early': (plan) => plan.stopEarly,
  fixed: (plan) => plan.mode === 'fixed',
  live: (plan) => plan.mode === 'live',
  'group-by': (plan) => plan.cases.some(({ group }) => group !== undefined),
  backend: ({ variants }, options) =>
    variants.every(({ route }) => route.backend === options.text('backend')),
  model: ({ variants }, options, aliases) => {
    const given = options.text('model') ?? '';
    const wanted = aliases[given] ?? given;
    return variants.every(({ route: { backend, model } }) => [model, `${backend}/${model}`].includes(wanted));
  },
  base: ({ variants }, options) => variants[0]?.ref === options.text('base'),
  variant: ({ variants }, options) =>
    variants.map(({ label }) => label).join('\n') === options.list('variant').join('\n'),
};
