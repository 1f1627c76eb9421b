import type { AbTestPanels } from '../panel/abTestPanels.ts';
import type { RunnerParts } from '../run/promptRunner.ts';

/** What reviewing, rewriting and telling other programs of us need of the extension. */
export interface AssistantParts extends RunnerParts {
  readonly panels: AbTestPanels;
}
