import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { JsonValue } from '../../domain/json.ts';
import { FileError } from '../../ports/fileSystem.ts';
import type { StoredRun } from '../../ports/runStore.ts';
import { planShape } from './planShape.ts';
import { mapOf } from './shapeChecks.ts';

/** What single runs are of. */
const singleKinds: readonly JsonValue[] = ['prompt', 'skill', 'chain'];

/**
 * The plan in a run's folder, which is open to every hand and every accident: what is read without a guard later is
 * looked at here. Throws `FileError` when it is damaged, or of a single run.
 */
export function planOf({ plan: stored, runId }: StoredRun): ExperimentPlan {
  const document = mapOf(stored);
  if (document === null) throw damaged(runId, 'is missing or no longer a JSON object');
  const plan = mapOf(document['plan']);
  if (plan !== null && singleKinds.includes(plan['kind'] ?? null)) {
    throw new FileError('other', `"${runId}" is no run of a test or an experiment.`);
  }
  const place = document['schemaVersion'] === 1 ? planShape(plan, 'plan') : 'schemaVersion';
  if (place !== null) throw damaged(runId, `has no usable \`${place}\``);
  // As it was written, as far as the code relies on it.
  return plan as unknown as ExperimentPlan;
}

const damaged = (runId: string, how: string): FileError =>
  new FileError(
    'other',
    `The plan of the run "${runId}" is damaged: plan.json in its folder ${how}. Put the file back as it was written, run the test anew, or take another run.`,
  );
