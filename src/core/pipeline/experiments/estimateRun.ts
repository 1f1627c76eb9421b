import type { ExperimentPlan, RunEstimate } from '../../domain/experimentPlan.ts';
import { plus } from '../../domain/experimentCell.ts';
import { costOf } from '../../domain/price.ts';
import type { CallTemplate } from '../../domain/runPlan.ts';
import { renderCall } from '../../planning/renderCall.ts';
import { settleValues } from '../../planning/settleValues.ts';
import type { World } from '../pipeline.ts';
import { concurrencyOf } from '../resilientBackends.ts';
import { judgeCallsPerCell } from './judgeCalls.ts';
import { templatesOfTarget } from './planVariant.ts';

/** Roughly what tokenizers make of prose and code. */
const charactersPerToken = 4;
/** Without a reference answer to go by. */
const usualOutputTokens = 250;
const msPerOutputToken = 15;
const sampledCases = 40;

/** A rough forecast: input counted from the prompts themselves, output guessed from the reference answers. */
export function estimateRun(world: World, plan: Omit<ExperimentPlan, 'estimate'>): RunEstimate {
  let [calls, judgeCalls, inputTokens, outputTokens, busyMs] = [0, 0, 0, 0, 0];
  let costUsd: number | null = 0;
  const settings = world.settings(plan.path);
  let concurrency = Infinity;
  for (const [suiteIndex, suite] of plan.suites.entries()) {
    const cases = plan.cases.filter((item) => item.suite === suiteIndex);
    const step = Math.max(1, Math.floor(cases.length / sampledCases));
    const sample = cases.filter((_, index) => index % step === 0);
    const judges = judgeCallsPerCell(suite.evaluators, suite.variants.length);
    for (const index of suite.variants) {
      const variant = plan.variants[index];
      if (variant === undefined) continue;
      const cells = cases.length * plan.repetitions;
      judgeCalls += judges * cells;
      for (const call of templatesOfTarget(variant.target)) {
        const input = meanOf(sample.map(({ variables }) => inputTokensOf(call, variables)));
        const output = Math.min(
          meanOf(sample.map(({ expected }) => outputTokensOf(expected))),
          call.parameters.maxTokens ?? Infinity,
        );
        calls += cells;
        inputTokens += cells * input;
        outputTokens += cells * output;
        const usage = {
          inputTokens: Math.round(input),
          outputTokens: Math.round(output),
          cachedInputTokens: 0,
        };
        const { backend, model } = call.route;
        const one = costOf(usage, backend, model, world.clock.timestamp(), settings.pricing);
        costUsd = plus(costUsd, one === null ? null : one * cells);
        busyMs += cells * (500 + output * msPerOutputToken);
        concurrency = Math.min(concurrency, plan.concurrency ?? concurrencyOf(backend, settings));
      }
    }
  }
  const minutes = busyMs / Math.max(1, Number.isFinite(concurrency) ? concurrency : 1) / 60_000;
  return {
    calls,
    judgeCalls,
    inputTokens: Math.round(inputTokens),
    outputTokens: Math.round(outputTokens),
    costUsd,
    minutes: Math.round(minutes * 10) / 10,
  };
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function inputTokensOf(call: CallTemplate, variables: Readonly<Record<string, never>> | object): number {
  const values = settleValues(
    call.file,
    variables as Readonly<Record<string, string>>,
    call.fileTexts,
  ).values;
  const { messages } = renderCall(call, values);
  return messages.reduce((sum, { content }) => sum + content.length / charactersPerToken + 4, 0);
}

const outputTokensOf = (expected: string | undefined): number =>
  expected === undefined ? usualOutputTokens : Math.max(1, (1.5 * expected.length) / charactersPerToken);
