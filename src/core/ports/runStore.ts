import type { HumanLabel } from '../domain/humanLabel.ts';
import type { JsonValue } from '../domain/json.ts';
import type { RunEvent } from '../domain/runEvent.ts';

/** Runs on disk: a folder each, with `plan.json`, `events.jsonl` and `report.json`. */
export interface RunStore {
  /** Makes the run's folder; when `runId` is taken, under a name with a number after it. Throws `FileError`. */
  create(runId: string, plan: JsonValue): Promise<RunJournal>;
  /** Goes on with a run whose process ended early. Throws `FileError`, and `RunInUse` while some process is at it. */
  reopen(runId: string): Promise<RunJournal>;
  /** Newest first. */
  list(): Promise<readonly string[]>;
  /** Is some process at it now, this one or another, on this machine or another? Also false where there is no such run. */
  isRunning(runId: string): Promise<boolean>;
  /** Throws `FileError` when there is no such run. */
  read(runId: string): Promise<StoredRun>;
  /**
   * What can be told of a run at a glance, without reading all it wrote. A report longer than `reportLimitBytes` (default:
   * no limit) is left out. Throws `FileError` when there is no such run.
   */
  outline(runId: string, reportLimitBytes?: number): Promise<RunOutline>;
  /** A person's labels on the run's outputs; none where nobody gave any. */
  readLabels(runId: string): Promise<readonly HumanLabel[]>;
  /** All of them, in one step: a reader sees the old or the new ones. Throws `FileError`. */
  writeLabels(runId: string, labels: readonly HumanLabel[]): Promise<void>;
}

export interface RunOutline {
  readonly runId: string;
  /** From the plan: the file the run is about, its name and kind; null where they cannot be made out. */
  readonly path: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly started: Extract<RunEvent, { type: 'run-started' }> | null;
  /** The last one, as a run that was stopped may have gone on; null: it runs for the first time, or was killed. */
  readonly finished: Extract<RunEvent, { type: 'run-finished' }> | null;
  /** null where the file is missing, broken or too long. */
  readonly report: JsonValue;
  /** Some process is at it now: what it found before is out of date. */
  readonly isRunning: boolean;
}

export interface StoredRun {
  readonly runId: string;
  /** null where the file is missing or broken. */
  readonly plan: JsonValue;
  readonly report: JsonValue;
  /** In the order they were written. */
  readonly events: readonly RunEvent[];
  /** Lines that could not be read and are left out: half a line where a process was killed. */
  readonly brokenLines: number;
}

export interface RunJournal {
  /** The folder's name. */
  readonly runId: string;
  /**
   * Resolves when the event is with the operating system: it survives the end of this process. Throws `FileError`, and
   * `RunInUse` when another process took the run over, as this one had not been heard of.
   */
  append(event: RunEvent): Promise<void>;
  writeReport(report: JsonValue): Promise<void>;
  close(): Promise<void>;
}

/** One process at a time is at a run. By `name`, not `instanceof`: it crosses bundles. */
export class RunInUse extends Error {
  override readonly name = 'RunInUse';

  static is(error: unknown): error is RunInUse {
    return error instanceof Error && error.name === 'RunInUse';
  }
}
