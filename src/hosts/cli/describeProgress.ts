import type { ExperimentProgress } from '../../core/domain/runEvent.ts';
import type { ProgressState } from './terminalProgress.ts';

/** Where a run stands, in a line: what leads, how sure, what it has cost. */
export function describeProgress(progress: ExperimentProgress): ProgressState {
  const { cells, plannedCells, failedCells, standing } = progress;
  const parts: string[] = [];
  if (standing !== null) {
    // Rounded down, and never certain.
    const shown = Math.min(99.9, Math.floor((standing.confidence ?? 0) * 1000 + 1e-6) / 10);
    const known = shown < 50 ? 'confidence below 50%' : `confidence ≥ ${shown}%`;
    const confidence = standing.confidence === null ? 'too early' : known;
    parts.push(`${standing.leader} leads, ${confidence}`);
  }
  const { costUsd, judgeCostUsd } = progress;
  if (costUsd !== null && judgeCostUsd !== null && costUsd + judgeCostUsd > 0) {
    parts.push(`$${(costUsd + judgeCostUsd).toPrecision(2)}`);
  }
  const note = parts.join('  ');
  return { done: cells, total: plannedCells, failed: failedCells, ...(note !== '' && { note }) };
}
