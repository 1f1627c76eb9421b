import type { ModelRequest } from './chat.ts';
import type { EvaluatedOutput } from './evaluation.ts';
import type { CellResult, NotApplied, Route, RunEvent, RunState } from './runEvent.ts';
import type { Failure } from './failure.ts';

export interface AttemptRecord {
  readonly attempt: number;
  /** null while it runs and when it succeeded. */
  readonly failure: Failure | null;
  readonly retryInMs: number | null;
}

export interface CellRecord {
  readonly cellId: string;
  readonly route: Route;
  readonly request: ModelRequest;
  readonly notApplied: readonly NotApplied[];
  readonly step?: string;
  readonly attempts: readonly AttemptRecord[];
  /** What has arrived so far; the whole answer once there is a result. */
  readonly output: string;
  readonly reasoning: string;
  readonly notices: readonly string[];
  /** null while it runs. */
  readonly result: CellResult | null;
  /** Experiments and tests only. */
  readonly evaluated?: EvaluatedOutput;
}

/** A run as its events tell it. */
export interface RunRecord {
  readonly runId: string;
  readonly kind: Extract<RunEvent, { type: 'run-started' }>['kind'];
  readonly name: string;
  readonly startedAt: string;
  readonly plannedCells: number | null;
  /** In the order they started. */
  readonly cells: readonly CellRecord[];
  /** Of the run as a whole. */
  readonly notices: readonly string[];
  /** null while it runs, or when its process ended before the run did. */
  readonly state: RunState | null;
  readonly finishedAt: string | null;
}

/** The one reducer: a run after one more event. null is a run that has not started. */
export function applyRunEvent(record: RunRecord | null, event: RunEvent): RunRecord | null {
  if (event.type === 'run-started') {
    const { runId, kind, name, startedAt, plannedCells } = event;
    const empty = { cells: [], notices: [], state: null, finishedAt: null };
    return { runId, kind, name, startedAt, plannedCells, ...empty };
  }
  if (record === null) return null;
  if (event.type === 'run-finished') {
    return { ...record, state: event.state, finishedAt: event.finishedAt };
  }
  if (isOfExperiment(event)) return record;
  if (event.type === 'notice-raised' && event.cellId === null) {
    return { ...record, notices: [...record.notices, event.message] };
  }
  if (event.type === 'cell-started') {
    return { ...record, cells: [...record.cells, startCell(event)] };
  }
  // The newest cells are the ones that speak.
  const index = record.cells.findLastIndex((cell) => cell.cellId === event.cellId);
  const cell = record.cells[index];
  return cell === undefined
    ? record
    : { ...record, cells: record.cells.with(index, applyToCell(cell, event)) };
}

type ExperimentEvent = Extract<RunEvent, { type: 'verdict-updated' | 'report-built' | 'scores-replaced' }>;

const isOfExperiment = (event: RunEvent): event is ExperimentEvent =>
  event.type === 'verdict-updated' || event.type === 'report-built' || event.type === 'scores-replaced';

type CellEvent = Exclude<
  RunEvent,
  ExperimentEvent | { type: 'run-started' | 'run-finished' | 'cell-started' }
>;

function startCell(event: Extract<RunEvent, { type: 'cell-started' }>): CellRecord {
  const { cellId, route, request, notApplied, step } = event;
  const empty = { attempts: [], output: '', reasoning: '', notices: [], result: null };
  return { cellId, route, request, notApplied, ...(step !== undefined && { step }), ...empty };
}

function applyToCell(cell: CellRecord, event: CellEvent): CellRecord {
  switch (event.type) {
    case 'attempt-started': {
      const started = { attempt: event.attempt, failure: null, retryInMs: null };
      return { ...cell, reasoning: '', attempts: [...cell.attempts, started] };
    }
    case 'attempt-failed': {
      const { attempt, failure, retryInMs } = event;
      const others = cell.attempts.filter((entry) => entry.attempt !== attempt);
      return { ...cell, attempts: [...others, { attempt, failure, retryInMs }] };
    }
    case 'text-delta':
      return { ...cell, output: cell.output + event.text };
    case 'reasoning-delta':
      return { ...cell, reasoning: cell.reasoning + event.text };
    case 'notice-raised':
      return { ...cell, notices: [...cell.notices, event.message] };
    case 'cell-finished':
      return { ...cell, output: event.result.output, result: event.result };
    case 'cell-scored':
      return { ...cell, evaluated: event.evaluated };
    case 'judge-answered':
      return cell;
  }
}
