import type { PlannedVariant, VariantTarget } from '../../domain/experimentPlan.ts';
import type { PlannedStep } from '../../domain/runPlan.ts';

/** Variants that send the same to the same model, in words: what they differ in is chance. */
export function sameVariants(variants: readonly PlannedVariant[]): string[] {
  const labels = new Map<string, string[]>();
  for (const { label, target } of variants) {
    const sent = JSON.stringify(sentBy(target));
    labels.set(sent, [...(labels.get(sent) ?? []), `"${label}"`]);
  }
  return [...labels.values()]
    .filter((same) => same.length > 1)
    .map((same) => {
      const last = same.at(-1) ?? '';
      return `${same.slice(0, -1).join(', ')} and ${last} send the same to the same model: a difference between them is chance.`;
    });
}

/** All that decides the requests of a target. Names, descriptions, test data and evaluators do not. */
function sentBy(target: VariantTarget | PlannedStep['target']): unknown {
  if (target.type === 'chain') {
    return target.steps.map((step) => [step.name, step.with, sentBy(step.target)]);
  }
  const { file, attachments, fileTexts, route, parameters } = target.call;
  return [
    route.backend,
    route.model,
    parameters,
    file.kind === 'skill' ? file.instructions : null,
    file.messages,
    file.variables,
    file.responseFormat,
    attachments,
    fileTexts,
  ];
}
