import { isEvaluatorScript } from '../../domain/evaluatorName.ts';
import { createFailure } from '../../domain/createFailure.ts';
import type { ExperimentPlan, ExperimentPlanned, ProgramUse } from '../../domain/experimentPlan.ts';
import type { EvaluatorSpec } from '../../domain/promptFile.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import type { World } from '../pipeline.ts';
import { estimateRun } from './estimateRun.ts';
import { templatesOfTarget } from './planVariant.ts';
import { sameVariants } from './sameVariants.ts';

/** What is known once everything is planned: programs, estimate, whether the budget can be kept. */
export function finishPlan(
  world: World,
  draft: Omit<ExperimentPlan, 'estimate' | 'programs'>,
  warnings: readonly FileDiagnostic[],
  advice: readonly string[],
): ExperimentPlanned {
  const programs = programsOf(draft);
  const estimate = estimateRun(world, { ...draft, programs });
  const plan: ExperimentPlan = { ...draft, programs, estimate };
  const { maxCostUsd, maxCalls } = plan.budget;
  if (maxCostUsd !== undefined && estimate.costUsd === null) {
    const message = 'The cost limit cannot be kept: the price of a model of this run is not known.';
    const hint = 'Set its price in promptly.pricing, or limit the calls instead (--max-calls).';
    return { status: 'failed', failure: createFailure('over-budget', message, { hint }), route: null };
  }
  const notices = [
    ...advice,
    ...sameVariants(plan.variants),
    ...plan.variants.flatMap(({ label, notApplied }) => notApplied.map((words) => `${label}: ${words}`)),
    ...(maxCalls !== undefined && estimate.calls + estimate.judgeCalls > maxCalls
      ? [
          `The run takes about ${estimate.calls + estimate.judgeCalls} calls, fewer where the cache has the answers; the budget ends it after ${maxCalls}.`,
        ]
      : []),
  ];
  return { status: 'ready', plan, warnings, notices };
}

function programsOf({ variants, suites }: Pick<ExperimentPlan, 'variants' | 'suites'>): ProgramUse {
  const backends = variants.flatMap(({ target }) =>
    templatesOfTarget(target).map(({ route }) => route.backend),
  );
  const executors = backends.flatMap((id) => (id.startsWith('custom:') ? [id.slice('custom:'.length)] : []));
  const scripts = suites.flatMap(({ evaluators }) => evaluators.flatMap(scriptOf));
  return { executors: [...new Set(executors)], scripts: [...new Set(scripts)] };
}

const scriptOf = (spec: EvaluatorSpec): string[] =>
  spec.type === 'uses' && isEvaluatorScript(spec.uses) ? [spec.uses] : [];

/** A seed from the time: different for each run, stored with it. */
export function newSeed(timestamp: string): number {
  let hash = 2166136261;
  for (const character of timestamp) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return hash >>> 0;
}
