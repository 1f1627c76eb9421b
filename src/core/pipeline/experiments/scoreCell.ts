import type { EvaluatedOutput } from '../../domain/evaluation.ts';
import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { schemaOf } from '../../domain/experimentPlan.ts';
import type { CellResult } from '../../domain/runEvent.ts';
import { measured, missing } from '../../domain/score.ts';
import { evaluateOutput } from '../../evaluation/evaluateOutput.ts';
import type { EvaluationInput } from '../../evaluation/evaluator.ts';
import { isOwnDoing } from '../../experiments/metricScore.ts';
import { renderCall } from '../../planning/renderCall.ts';
import { settleValues } from '../../planning/settleValues.ts';
import type { ExperimentContext } from './experimentContext.ts';
import type { ExperimentJudge } from './experimentJudge.ts';

/** The evaluators' word on a result. A failure of the variant's own doing scores 0, any other has no score. */
export async function scoreCell(
  context: ExperimentContext,
  judge: ExperimentJudge,
  cell: ExperimentCell,
  result: CellResult,
  opponents: readonly string[],
  signal: AbortSignal,
): Promise<EvaluatedOutput> {
  const { failure } = result;
  if (failure !== null) {
    return isOwnDoing(result)
      ? { score: measured(0), passed: false, evaluations: [] }
      : { score: missing(failure.message), passed: null, evaluations: [] };
  }
  const { plan, world } = context;
  const variant = plan.variants[cell.variantIndex];
  const testCase = plan.cases[cell.caseIndex];
  const suite = plan.suites[testCase?.suite ?? -1];
  if (variant === undefined || testCase === undefined || suite === undefined) {
    throw new RangeError('a result belongs to no cell of its plan');
  }
  const { target } = variant;
  const schema = schemaOf(target);
  const input: EvaluationInput = {
    output: result.output,
    ...(testCase.expected !== undefined && { expected: testCase.expected }),
    variables: testCase.variables,
    timing: result.timing,
    costUsd: result.costUsd,
    ...(target.type === 'call' && {
      messages: () =>
        renderCall(
          target.call,
          settleValues(target.call.file, testCase.variables, target.call.fileTexts).values,
        ).messages,
    }),
    ...(schema !== undefined && { jsonSchema: schema }),
    metadata: { case: testCase.id, variant: variant.label, repetition: cell.repetition },
    ...(plan.kind === 'abtest' && { opponents }),
    promptFile: { path: suite.path, workspaceFolder: plan.workspaceFolder },
  };
  const ports = {
    judge: judge.of(cell, variant.route),
    ...(world.scripts !== undefined && { scripts: world.scripts }),
  };
  return evaluateOutput(suite.evaluators, input, ports, signal);
}
