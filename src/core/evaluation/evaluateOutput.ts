import { nothingToWeigh, type EvaluatedOutput, type Evaluation } from '../domain/evaluation.ts';
import type { EvaluatorSpec } from '../domain/promptFile.ts';
import { measured, missing, type Score } from '../domain/score.ts';
import type { EvaluationInput, EvaluationPorts, Finding } from './evaluator.ts';
import { findEvaluator } from './findEvaluator.ts';

/**
 * Scores the output of a call that succeeded. Never throws but for an aborted `signal`: what goes wrong is a missing
 * score with a reason. Evaluators run one after the other, in the file's order.
 */
export async function evaluateOutput(
  specs: readonly EvaluatorSpec[],
  input: EvaluationInput,
  ports: EvaluationPorts,
  signal: AbortSignal,
): Promise<EvaluatedOutput> {
  const evaluations: Evaluation[] = [];
  for (const spec of specs.length > 0 ? specs : defaultEvaluators(input)) {
    signal.throwIfAborted();
    evaluations.push(await evaluateBy(spec, input, ports, signal));
  }
  // No evaluator and no reference answer: having succeeded is all there is to score.
  if (evaluations.length === 0) return { score: measured(1), passed: true, evaluations };
  const score = weightedMean(evaluations);
  const weighted = evaluations.filter(({ weight }) => weight > 0);
  const passed =
    score.status === 'missing' ? null : weighted.every((evaluation) => evaluation.passed === true);
  return { score, passed, evaluations };
}

function defaultEvaluators({ expected }: EvaluationInput): readonly EvaluatorSpec[] {
  if (expected === undefined) return [];
  const uses = 'promptly/word-overlap';
  return [{ type: 'uses', uses, with: {}, name: uses, weight: 1, not: false }];
}

async function evaluateBy(
  spec: EvaluatorSpec,
  input: EvaluationInput,
  ports: EvaluationPorts,
  signal: AbortSignal,
): Promise<Evaluation> {
  const evaluator = findEvaluator(spec);
  const named = typeof evaluator !== 'string';
  const threshold = spec.threshold ?? (named && evaluator.scale === 'yes-no' ? 1 : 0.5);
  const settings = spec.type === 'uses' ? spec.with : {};
  let finding: Finding;
  if (named) {
    try {
      finding = await evaluator.evaluate({ input, settings, compat: spec.compat, ports, signal });
    } catch (error) {
      signal.throwIfAborted();
      const detail = error instanceof Error ? error.message : String(error);
      finding = { score: missing(`The evaluator failed: ${detail}`) };
    }
  } else {
    finding = { score: missing(evaluator) };
  }
  const score = finish(finding.score, spec.not);
  return {
    name: spec.name,
    score,
    passed: score.status === 'missing' ? null : passes(spec, score.value, threshold),
    reason: score.status === 'missing' ? score.reason : (finding.reason ?? null),
    weight: spec.weight,
    threshold,
    ...(finding.judge && { judge: finding.judge }),
    ...(finding.failureCode && { failureCode: finding.failureCode }),
  };
}

/** Only scores in 0..1 count; `not` turns them round. */
function finish(score: Score, not: boolean): Score {
  if (score.status === 'missing') return score;
  // Written so that NaN is out of range too.
  if (!(score.value >= 0 && score.value <= 1)) {
    return missing(`The score ${String(score.value)} is not between 0 and 1.`);
  }
  return measured(not ? 1 - score.value : score.value);
}

/** Binary fractions: 1 − 0.9 must pass a threshold of 0.1. */
const rounding = 1e-12;

function passes(spec: EvaluatorSpec, value: number, threshold: number): boolean {
  // The retired tool's literal rule: a judge passes with anything above 0.
  const isJudge = spec.type === 'llm' || (spec.type === 'uses' && spec.uses.startsWith('github/'));
  if (spec.compat === 'gh-models' && isJudge && spec.threshold === undefined) return value > 0;
  return value >= threshold - rounding;
}

function weightedMean(evaluations: readonly Evaluation[]): Score {
  let sum = 0;
  let weights = 0;
  for (const { name, score, weight } of evaluations) {
    if (!(weight > 0)) continue;
    if (score.status === 'missing') return missing(`${name}: ${score.reason}`);
    sum += weight * score.value;
    weights += weight;
  }
  if (weights === 0) return missing(nothingToWeigh);
  return measured(Math.min(1, sum / weights));
}
