import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import type { CallExecutor } from '../callExecutor.ts';
import type { World } from '../pipeline.ts';
import type { ExperimentState } from './experimentState.ts';

/** What the parts of one running experiment share. */
export interface ExperimentContext {
  readonly world: World;
  readonly plan: ExperimentPlan;
  readonly state: ExperimentState;
  readonly executor: CallExecutor;
  /** Writes an event to the journal and takes it into the state; only then may it be shown. Never throws. */
  readonly record: (event: RunEvent) => Promise<void>;
}
