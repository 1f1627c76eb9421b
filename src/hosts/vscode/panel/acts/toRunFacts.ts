import type { HumanLabel } from '../../../../core/domain/humanLabel.ts';
import type { ComparedCase, Report, ReportedResult } from '../../../../core/domain/report.ts';
import type { RunHistoryEntry } from '../../../../core/pipeline/experiments/runHistory.ts';
import { labelAgreement } from '../../../../core/reporting/labelAgreement.ts';
import type { PanelHistory, PanelHistoryRun, PanelRunFacts } from '../../../../protocol/panelActs.ts';
import { t } from '../../l10n.ts';

export interface RunKnowledge {
  readonly runId: string;
  readonly report: Report;
  readonly labels: readonly HumanLabel[];
  readonly history: readonly RunHistoryEntry[];
}

/** What belongs to a stored run besides its report. */
export function toRunFacts({ runId, report, labels, history }: RunKnowledge): PanelRunFacts {
  const isRunning = history.some((run) => run.runId === runId && run.isRunning);
  return {
    promotable: report.kind === 'abtest' ? report.variants.map(({ id }) => id) : [],
    failingCases: failingCases(report).length,
    failedCalls: isRunning ? 0 : allResults(report).filter(({ failure }) => failure !== null).length,
    labels,
    agreements: labels.length === 0 ? [] : labelAgreement(report, labels),
    history: toHistory(runId, report, history),
  };
}

/** Cases that some variant did not pass or could not run. */
export function failingCases(report: Report): readonly Pick<ComparedCase, 'id' | 'vars' | 'expected'>[] {
  const isFailing = ({ passed, failure }: ReportedResult): boolean => passed === false || failure !== null;
  if (report.kind === 'test') {
    return report.prompts.flatMap(({ cases }) => cases.filter(({ results }) => results.some(isFailing)));
  }
  return report.cases.filter(({ results }) => Object.values(results).flat().some(isFailing));
}

function allResults(report: Report): readonly ReportedResult[] {
  if (report.kind === 'abtest') return report.cases.flatMap(({ results }) => Object.values(results).flat());
  return report.prompts.flatMap(({ cases }) => cases.flatMap(({ results }) => results));
}

/** Columns are those of the newest run that has any; other runs are matched by their labels. */
function toHistory(runId: string, report: Report, entries: readonly RunHistoryEntry[]): PanelHistory {
  const own = report.kind === 'abtest' ? report.variants.map(({ label }) => label) : ['Result'];
  const metric = report.kind === 'abtest' ? report.metric.name : 'passRate';
  return {
    metric,
    columns: own,
    runs: entries.map((entry): PanelHistoryRun => {
      const means = new Map(entry.variants.map(({ label, mean }) => [label, mean]));
      return {
        runId: entry.runId,
        startedAt: entry.startedAt,
        verdict: verdictWords(entry),
        unfinished: isUnfinished(entry),
        shown: entry.runId === runId,
        // Another metric has another unit: its numbers would lie beside these.
        means: own.map((label) => (entry.metric === metric ? (means.get(label) ?? null) : null)),
      };
    }),
  };
}

/** Something is left to do, and nobody is at it; null: its process was killed. */
export const isUnfinished = ({ state, isRunning }: Pick<RunHistoryEntry, 'state' | 'isRunning'>): boolean =>
  !isRunning && (state === null || state === 'cancelled' || state === 'budget' || state === 'failed');

export function verdictWords({
  state,
  isRunning,
  outcome,
  leader,
}: Pick<RunHistoryEntry, 'state' | 'isRunning' | 'outcome' | 'leader'>): string {
  if (isRunning) return t('Running');
  if (state === null) return t('Not finished');
  if (state === 'cancelled') return t('Stopped before the end');
  switch (outcome) {
    case 'winner':
      return t('{0} wins', leader ?? '');
    case 'equivalent':
      return t('Equivalent');
    case 'no_clear_winner':
      return leader === null ? t('No clear winner') : t('No clear winner, {0} leads', leader);
    case 'not_enough_data':
      return t('Not enough data');
    case 'running':
    case null:
      return t('Finished');
  }
}
