import type { HumanLabel } from '../../../src/core/domain/humanLabel.ts';
import type { AbReport } from '../../../src/core/domain/report.ts';
import type { RunHistoryEntry } from '../../../src/core/pipeline/experiments/runHistory.ts';
import { toRunFacts } from '../../../src/hosts/vscode/panel/acts/toRunFacts.ts';
import type { PanelRunComparison, PanelRunFacts } from '../../../src/protocol/panelActs.ts';
import { sampleReport } from './sampleReport.ts';

export const shownRunId = '2026-10-01T10-00-00-000-summaries';

/** Runs of three weeks, the last but one stopped by its user. */
export function sampleHistory(report: AbReport): readonly RunHistoryEntry[] {
  const days = ['2026-09-10', '2026-09-17', '2026-09-24', '2026-09-29'];
  const shape = { outcome: report.verdict.outcome, leader: 'Careful', metric: report.metric.name };
  const earlier = days.map((day, at): RunHistoryEntry => ({
    runId: `${day}T10-00-00-000-summaries`,
    startedAt: `${day}T10:00:00.000Z`,
    state: at === 3 ? 'cancelled' : 'finished',
    isRunning: false,
    ...shape,
    outcome: at === 0 ? 'no_clear_winner' : 'winner',
    variants: report.variants.map(({ label, mean }, variant) => ({
      label,
      mean: mean === null ? null : mean - 0.05 * (3 - at) + 0.02 * variant * at,
    })),
  }));
  const own: RunHistoryEntry = {
    runId: shownRunId,
    startedAt: report.startedAt,
    state: 'finished',
    isRunning: false,
    ...shape,
    variants: report.variants.map(({ label, mean }) => ({ label, mean })),
  };
  return [...earlier, own];
}

export const sampleLabels: readonly HumanLabel[] = [1, 2, 3, 4, 5, 6].map((number) => ({
  caseId: `case-${number}`,
  variant: number % 2 === 0 ? 'Careful' : 'Current',
  repetition: 0,
  label: number === 5 ? 'bad' : 'good',
}));

export function sampleFacts(report: AbReport = sampleReport(), labels = sampleLabels): PanelRunFacts {
  const own = labels.map((label) => ({
    ...label,
    variant: report.variants.find((variant) => variant.label === label.variant)?.id ?? label.variant,
  }));
  return toRunFacts({ runId: shownRunId, report, labels: own, history: sampleHistory(report) });
}

export const sampleComparison: PanelRunComparison = {
  runId: '2026-09-24T10-00-00-000-summaries',
  startedAt: '2026-09-24T10:00:00.000Z',
  metric: 'quality',
  variants: [
    {
      label: 'Careful',
      sentence: '9 better, 2 worse, 29 the same. Better than before, confidence 96.2% (+0.4 to +5.1 points).',
      better: [
        { caseId: 'case-2', before: 0.41, after: 0.62 },
        { caseId: 'case-7', before: 0.5, after: 0.58 },
      ],
      worse: [{ caseId: 'case-3', before: 0.7, after: 0.55 }],
      betterCount: 9,
      worseCount: 2,
    },
  ],
  onlyBefore: ['Short'],
  onlyAfter: [],
};
