import { parseCellId } from '../../core/domain/experimentCell.ts';
import type { ExperimentPlan } from '../../core/domain/experimentPlan.ts';
import type { RunEvent } from '../../core/domain/runEvent.ts';

/** Turns the events of an A/B test into progress in words: "variant 2 of 3, case 7 of 20". */
export function createExperimentReporter(
  plan: ExperimentPlan,
  report: (message: string) => void,
): (event: RunEvent) => void {
  let finished = 0;
  const total = plan.cases.length * plan.variants.length * plan.repetitions;
  return (event) => {
    if (event.type === 'notice-raised') report(event.message);
    if (event.type !== 'cell-finished') return;
    const cell = parseCellId(plan, event.cellId);
    if (cell === null) return;
    finished += 1;
    const variant = `variant ${cell.variantIndex + 1} of ${plan.variants.length}`;
    const place = `case ${cell.caseIndex + 1} of ${plan.cases.length}`;
    report(`${variant}, ${place}: done (${finished} of ${total})`);
  };
}
