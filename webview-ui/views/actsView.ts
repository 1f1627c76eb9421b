import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelRunFacts } from '../../src/protocol/panelActs.ts';
import type { PanelReport } from '../../src/protocol/panelReport.ts';
import type { Acts } from '../acts.ts';
import { button, select } from '../components.ts';
import type { PanelState } from '../state/panelState.ts';
import { labelIn } from './verdictView.ts';
import { counted } from './words.ts';

/** What to do with the verdict: nothing for a report that lies outside of its run. */
export function actsView(
  report: PanelReport,
  { facts, chosenColumn }: Pick<PanelState, 'facts' | 'chosenColumn'>,
  acts: Acts,
): TemplateResult | typeof nothing {
  if (facts === null) return nothing;
  const parts = [
    promoteView(report, facts, chosenColumn, acts),
    retryButton(report, facts, acts),
    keepButton(facts, acts),
  ];
  if (parts.every((part) => part === nothing)) return nothing;
  return html`<div class="toolbar next" role="toolbar" aria-label="Act on this run">${parts}</div>`;
}

function promoteView(
  report: PanelReport,
  { promotable }: PanelRunFacts,
  chosenColumn: string | null,
  acts: Acts,
): TemplateResult | typeof nothing {
  const columns = report.columns.filter(({ id }) => promotable.includes(id));
  const verdict = report.experiment?.verdict;
  const first = columns[0]?.id;
  if (first === undefined) return nothing;
  const chosen = chosenColumn ?? verdict?.winner ?? verdict?.leader ?? first;
  const label = labelIn(columns, chosen);
  // The variant beside the chosen one: the first, or the second for the first.
  const other = columns.find(({ id }) => id !== chosen);
  return html`${select({
    label: 'Variant to act on',
    value: chosen,
    options: columns.map(({ id, label: name }) => ({
      value: id,
      label: id === verdict?.winner ? `${name} (winner)` : name,
    })),
    onChange: (columnId) => acts.send({ type: 'column-chosen', columnId }),
  })}
  ${button({
    label: 'Promote…',
    accessibleName: `Promote ${label}`,
    primary: verdict?.winner === chosen,
    onClick: () => acts.post({ type: 'promote-requested', columnId: chosen }),
  })}
  ${
    other === undefined
      ? nothing
      : button({
          label: 'Compare Prompts',
          accessibleName: `Compare Prompts of ${other.label} and ${label}`,
          onClick: () => acts.post({ type: 'prompt-diff-requested', left: other.id, right: chosen }),
        })
  }`;
}

/** A run that did not end has its own way to go on. */
function retryButton(
  { resumable }: PanelReport,
  { failedCalls }: PanelRunFacts,
  acts: Acts,
): TemplateResult | typeof nothing {
  if (resumable || failedCalls === 0) return nothing;
  return button({
    label: `Rerun ${counted(failedCalls, 'Failed Call')}`,
    onClick: () => acts.post({ type: 'resume-requested' }),
  });
}

function keepButton({ failingCases }: PanelRunFacts, acts: Acts): TemplateResult | typeof nothing {
  if (failingCases === 0) return nothing;
  const label = `Keep ${counted(failingCases, 'Failing Case')}…`;
  return button({
    label,
    accessibleName: `${label} in the test data`,
    onClick: () => acts.post({ type: 'keep-cases-requested' }),
  });
}
