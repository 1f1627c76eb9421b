import type { ExperimentMetric, PlannedVariant } from '../../domain/experimentPlan.ts';
import type { EvaluatorSpec } from '../../domain/promptFile.ts';
import type { TestCase } from '../../domain/testCase.ts';
import { findEvaluator } from '../../evaluation/findEvaluator.ts';
import { templatesOfTarget } from './planVariant.ts';

const logMetrics = ['latency', 'tokens', 'cost'];
const unitMetrics = ['quality', 'passRate', 'successRate'];

/** The metric by name, or what is wrong with the name. Without one: quality where something measures it. */
export function chooseMetric(
  name: string | undefined,
  evaluators: readonly EvaluatorSpec[],
  cases: readonly TestCase[],
): ExperimentMetric | string {
  const hasQuality = evaluators.length > 0 || cases.some(({ expected }) => expected !== undefined);
  const chosen = name ?? (hasQuality ? 'quality' : 'successRate');
  if (logMetrics.includes(chosen)) return { name: chosen, direction: 'lower', scale: 'log' };
  const custom = evaluators.map((spec) => spec.name);
  if (unitMetrics.includes(chosen) || custom.includes(chosen)) {
    return { name: chosen, direction: 'higher', scale: 'unit' };
  }
  const known = [...unitMetrics, ...logMetrics, ...custom].join(', ');
  return `There is no metric "${chosen}". Known here: ${known}; an evaluator's name is a metric too.`;
}

/** Does the metric say yes or no about an output, or how much? */
function isYesNo(metric: ExperimentMetric, evaluators: readonly EvaluatorSpec[]): boolean {
  if (metric.scale === 'log') return false;
  if (metric.name === 'passRate' || metric.name === 'successRate') return true;
  const counted =
    metric.name === 'quality'
      ? evaluators.filter(({ weight }) => weight > 0)
      : evaluators.filter(({ name }) => name === metric.name);
  return (
    counted.length > 0 &&
    counted.every((spec) => {
      const evaluator = findEvaluator(spec);
      return typeof evaluator !== 'string' && evaluator.scale === 'yes-no';
    })
  );
}

/** Three runs of each case where sampling is random and the score a yes or no: the cheapest power there is. */
export function defaultRepetitions(
  metric: ExperimentMetric,
  evaluators: readonly EvaluatorSpec[],
  variants: readonly PlannedVariant[],
): number {
  return isYesNo(metric, evaluators) && variants.some(isRandom) ? 3 : 1;
}

/** Temperature above 0, or a model that takes none. */
function isRandom({ target, notApplied }: PlannedVariant): boolean {
  const takesNone = notApplied.some((words) => words.startsWith('temperature '));
  return takesNone || templatesOfTarget(target).some(({ parameters }) => (parameters.temperature ?? 1) > 0);
}
