import type { EvaluatedOutput } from '../../domain/evaluation.ts';
import { createFailure } from '../../domain/createFailure.ts';
import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { cellIdOf, rivalsOf } from '../../domain/experimentCell.ts';
import type { Failure } from '../../domain/failure.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import { fatalCodes } from '../../engine/executeCells.ts';
import { isOwnDoing } from '../../experiments/metricScore.ts';
import { callCell } from './cellCalls.ts';
import type { ExperimentContext } from './experimentContext.ts';
import { ExperimentJudge } from './experimentJudge.ts';
import { isPairwise } from './pairwiseCase.ts';
import { scoreCell } from './scoreCell.ts';

/** Runs and scores cells. Pairwise judges need all outputs of a case: the last cell to finish scores them all. */
export class CellRunner {
  readonly #context: ExperimentContext;
  readonly #judge: ExperimentJudge;
  readonly #scoring = new Set<string>();
  readonly #told = new Set<string>();
  readonly #onFatal: (failure: Failure) => void;

  /** @param onFatal a judge that can never answer: the run should stop */
  constructor(context: ExperimentContext, onFatal: (failure: Failure) => void) {
    this.#context = context;
    this.#judge = new ExperimentJudge(context);
    this.#onFatal = onFatal;
  }

  async *run(cell: ExperimentCell, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const { state, plan } = this.#context;
    const known = state.finished(cellIdOf(cell));
    const result = known ?? (yield* callCell(this.#context, cell, signal));
    if (result === null || result.failure?.code === 'cancelled') return;
    // A failure needs no evaluator: it is part of the result even where it is what stopped the run.
    if (result.failure === null && signal.aborted) return;
    if (!isPairwise(plan, cell.caseIndex)) {
      yield* this.#score(cell, [], signal);
      return;
    }
    const rivals = rivalsOf(plan, cell);
    if (!rivals.every((rival) => state.finished(cellIdOf(rival)) !== null)) return;
    for (const rival of rivals) {
      const others = rivals.filter((other) => other !== rival);
      yield* this.#score(
        rival,
        others.flatMap((other) => this.#outputOf(other)),
        signal,
      );
    }
  }

  /** What a rival is compared with: nothing where the world failed, an empty answer where its own doing did. */
  #outputOf(cell: ExperimentCell): string[] {
    const result = this.#context.state.finished(cellIdOf(cell));
    if (result === null) return [];
    if (result.failure !== null) return isOwnDoing(result) ? [''] : [];
    return [result.output];
  }

  async *#score(
    cell: ExperimentCell,
    opponents: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<RunEvent> {
    const { state, record } = this.#context;
    const cellId = cellIdOf(cell);
    const result = state.finished(cellId);
    // Two cells of a group may end at the same time: one of them scores.
    if (result === null || state.reported(cell) !== null || this.#scoring.has(cellId)) return;
    this.#scoring.add(cellId);
    let evaluated: EvaluatedOutput;
    try {
      evaluated = await scoreCell(this.#context, this.#judge, cell, result, opponents, signal);
    } catch (error) {
      // Cancelled: it is scored when the run goes on.
      if (signal.aborted) return;
      throw error;
    } finally {
      this.#scoring.delete(cellId);
    }
    const fatal = evaluated.evaluations.find(
      ({ failureCode }) => failureCode !== undefined && fatalCodes.has(failureCode),
    );
    if (fatal?.failureCode !== undefined) {
      const message = fatal.reason ?? 'An evaluator cannot run.';
      this.#onFatal(createFailure(fatal.failureCode, message));
      return;
    }
    yield* this.#tell(evaluated);
    const scored: RunEvent = { type: 'cell-scored', cellId, evaluated };
    await record(scored);
    yield scored;
  }

  /** What a judge has to say about itself, once. */
  *#tell({ evaluations }: EvaluatedOutput): Generator<RunEvent> {
    for (const { judge } of evaluations) {
      if (judge?.notice === undefined || this.#told.has(judge.notice)) continue;
      this.#told.add(judge.notice);
      yield { type: 'notice-raised', cellId: null, message: judge.notice };
    }
  }
}
