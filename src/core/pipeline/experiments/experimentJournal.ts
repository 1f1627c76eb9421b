import type { JsonValue } from '../../domain/json.ts';
import type { Report } from '../../domain/report.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import type { RunJournal } from '../../ports/runStore.ts';

/**
 * What is written of an experiment: how calls ended and were scored. A call's beginning and the pieces of its text are
 * left out: requests can be rendered again from the plan, and a call in flight is made again anyway.
 */
const written: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'run-started',
  'attempt-failed',
  'judge-answered',
  'cell-finished',
  'cell-scored',
  'scores-replaced',
  'run-finished',
]);

/** The journal of one experiment. When the disk fails, the run goes on and the problem is told once. */
export class ExperimentJournal {
  readonly #journal: RunJournal | null;
  readonly #onError: (error: unknown) => void;
  #works = true;
  #isClosed = false;

  /** @param journal null: nothing is written */
  constructor(journal: RunJournal | null, onError: (error: unknown) => void) {
    this.#journal = journal;
    this.#onError = onError;
  }

  async append(event: RunEvent): Promise<void> {
    if (!written.has(event.type) || isCancelled(event)) return;
    await this.#try((journal) => journal.append(event));
  }

  // Reports are plain data; see `Report`.
  writeReport(report: Report): Promise<void> {
    return this.#try((journal) => journal.writeReport(report as unknown as JsonValue));
  }

  /** Also a journal that could not be written any more lets its run go. */
  async close(): Promise<void> {
    if (this.#journal === null || this.#isClosed) return;
    this.#isClosed = true;
    await this.#journal.close().catch(this.#onError);
  }

  async #try(work: (journal: RunJournal) => Promise<void>): Promise<void> {
    if (this.#journal === null || !this.#works) return;
    try {
      await work(this.#journal);
    } catch (error) {
      this.#works = false;
      this.#onError(error);
    }
  }
}

const isCancelled = (event: RunEvent): boolean =>
  event.type === 'cell-finished' && event.result.failure?.code === 'cancelled';
