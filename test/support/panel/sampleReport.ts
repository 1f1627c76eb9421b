import type {
  AbReport,
  ComparedCase,
  ReportedResult,
  ReportedVariant,
} from '../../../src/core/domain/report.ts';
import { measured } from '../../../src/core/domain/score.ts';
import { compareVariants } from '../../../src/core/experiments/compareVariants.ts';
import { median, sampleQuantile } from '../../../src/core/statistics/moments.ts';
import { mulberry32 } from '../../../src/core/statistics/seededOrder.ts';
import { resultOf } from '../reports.ts';
import { gradedScores, setupOf } from '../scoredCases.ts';

export interface SampleOptions {
  readonly cases?: number;
  readonly labels?: readonly string[];
  /** Added to each variant's scores. */
  readonly advantages?: readonly number[];
  readonly seed?: number;
}

const words = 'the order arrived late but the support team answered within an hour and refunded it'.split(
  ' ',
);

/** A report as a run leaves it: made-up answers and scores, real statistics. The same for the same options. */
export function sampleReport(options: SampleOptions = {}): AbReport {
  const { cases = 40, labels = ['Current', 'Careful'], seed = 7 } = options;
  const advantages = options.advantages ?? labels.map((_, at) => 0.2 + 0.1 * at);
  const scores = gradedScores(seed, cases, advantages);
  const random = mulberry32(seed + 1);
  const setup = setupOf(labels);
  const ids = setup.variants.map(({ id }) => id);
  const answers: ComparedCase[] = Array.from({ length: cases }, (_, at) => ({
    id: `case-${at + 1}`,
    vars: { text: sentence(random, 18), tone: at % 3 === 0 ? 'formal' : 'plain' },
    expected: at % 4 === 0 ? sentence(random, 6) : null,
    results: Object.fromEntries(
      ids.map((id, variant) => [id, [answer(random, scores[variant]?.[at] ?? 0, variant)]]),
    ),
  }));
  const comparison = compareVariants(
    setup,
    answers.map(({ id }, at) => ({ id, scores: scores.map((of) => [measured(of[at] ?? 0)]) })),
  );
  const variants = comparison.variants.map((compared, at): ReportedVariant => {
    const results = answers.flatMap(({ results: of }) => of[compared.id] ?? []);
    const times = results.map(({ timing }) => timing.totalMs);
    return {
      ...compared,
      label: labels[at] ?? '',
      prompt: './prompts/summarise.prompt.yaml',
      ref: at === 0 ? 'HEAD' : null,
      backend: 'ollama',
      model: 'llama3.2:3b',
      failures: 0,
      passRate: results.filter(({ passed }) => passed).length / Math.max(1, results.length),
      latencyMs:
        times.length === 0
          ? { median: null, p95: null }
          : { median: median(times), p95: sampleQuantile(times, 0.95) },
      tokens: { input: 120 * results.length, output: 30 * results.length },
      costUsd: at === 0 ? null : 0.0012 * results.length,
      judgeCostUsd: 0.0004 * results.length,
    };
  });
  const { metric, confidenceLevel, minEffect, comparisons, verdict } = comparison;
  return {
    schemaVersion: 1,
    kind: 'abtest',
    name: 'Summaries: current or careful?',
    startedAt: '2026-10-01T10:00:00.000Z',
    finishedAt: '2026-10-01T10:05:00.000Z',
    state: 'finished',
    metric: { name: metric.name, direction: metric.direction },
    confidenceLevel,
    minEffect,
    variants,
    comparisons,
    verdict,
    cases: answers,
  };
}

function sentence(random: () => number, length: number): string {
  const chosen = Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? '');
  return `${chosen.join(' ')}.`;
}

function answer(random: () => number, score: number, variant: number): ReportedResult {
  const firstTextMs = Math.round(180 + 200 * random());
  return resultOf({
    output: `The customer says that ${sentence(random, 8)} In short: ${variant === 0 ? 'late order' : 'late order, refunded'}.`,
    score,
    passed: score >= 0.5,
    evaluations: [
      {
        name: 'judge',
        score,
        passed: score >= 0.5,
        reason: score >= 0.5 ? 'Says what matters.' : 'Leaves out the refund.',
      },
      { name: 'short enough', score: 1, passed: true, reason: null },
    ],
    timing: {
      firstTextMs,
      totalMs: Math.round(firstTextMs + 500 * Math.exp(1.2 * random() + 0.2 * variant)),
    },
  });
}
