import type {
  CaseChange,
  RunComparison,
  VariantRunComparison,
} from '../../../../core/domain/runComparison.ts';
import type {
  PanelCaseChange,
  PanelRunComparison,
  PanelVariantChange,
} from '../../../../protocol/panelActs.ts';

/** More are counted, not listed. */
const shownChanges = 30;

/** What became better and worse from an earlier run to another, as the panel shows it. */
export function toRunComparison(
  { variants, onlyBefore, onlyAfter }: RunComparison,
  about: Pick<PanelRunComparison, 'runId' | 'startedAt' | 'metric'>,
): PanelRunComparison {
  const { runId, startedAt, metric } = about;
  return { runId, startedAt, metric, variants: variants.map(toVariantChange), onlyBefore, onlyAfter };
}

function toVariantChange({ id, sentence, changes, counts }: VariantRunComparison): PanelVariantChange {
  const of = (kind: CaseChange['kind']): readonly PanelCaseChange[] =>
    changes
      .filter((change) => change.kind === kind)
      .slice(0, shownChanges)
      .map(({ caseId, before, after }) => ({ caseId, before, after }));
  return {
    // A variant's id is its label.
    label: id,
    sentence,
    better: of('better'),
    worse: of('worse'),
    betterCount: counts.better,
    worseCount: counts.worse,
  };
}
