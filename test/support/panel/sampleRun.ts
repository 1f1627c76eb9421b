import type { PanelRun } from '../../../src/protocol/panelRun.ts';
import { LiveExperiment } from '../../../src/core/experiments/liveExperiment.ts';
import { casesFrom, gradedScores, setupOf } from '../scoredCases.ts';

/** A run after `done` of 60 cases: made-up scores, the real live statistics. */
export function sampleRun(done = 32, changes: Partial<PanelRun> = {}): PanelRun {
  const planned = 60;
  const labels = ['Current', 'Careful'];
  const setup = setupOf(labels, { design: { mode: 'live', horizons: [planned] } });
  const live = new LiveExperiment(setup);
  const [first = [], second = []] = gradedScores(11, planned, [0.2, 0.27]);
  const confidences: (number | null)[] = [];
  let { verdict, variants } = live.comparison();
  for (const scored of casesFrom(first.slice(0, done), second.slice(0, done))) {
    live.push(scored);
    ({ verdict, variants } = live.comparison());
    confidences.push(verdict.confidence);
  }
  return {
    runId: 'run-1',
    title: 'Summaries: current or careful?',
    state: 'running',
    metric: 'quality',
    confidenceLevel: 0.95,
    variants: variants.map(({ id, mean }, at) => ({
      id,
      label: labels[at] ?? '',
      detail: 'ollama · llama3.2:3b',
      done: done + 1,
      planned,
      failures: at,
      mean,
    })),
    cases: { done, planned },
    verdict: done === 0 ? null : verdict,
    confidences,
    elapsedMs: 94_000,
    leftMs: 82_000,
    costUsd: 0.0384,
    leftCostUsd: 0.0335,
    failures: [
      {
        caseId: 'case-12',
        variant: 'careful',
        code: 'timed-out',
        message: 'No answer within 120 s.',
        hint: 'Raise promptly.timeoutSeconds, ask for less output, or use a faster model.',
      },
    ],
    failureCount: 1,
    ...changes,
  };
}
