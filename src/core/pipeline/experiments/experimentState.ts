import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { cellIdOf, cellsOfCase, parseCellId, plus, rivalsOf } from '../../domain/experimentCell.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { EvaluatedOutput } from '../../domain/evaluation.ts';
import type { ReportedResult } from '../../domain/report.ts';
import type { CellResult, JudgeReply, RunEvent } from '../../domain/runEvent.ts';
import { buildResult } from '../../reporting/buildResult.ts';
import { isPairwise } from './pairwiseCase.ts';

export interface JournalReply {
  readonly reply: JudgeReply;
  readonly question: string | undefined;
}

interface Entry {
  readonly result: CellResult;
  /** null until it is scored. */
  readonly reported: ReportedResult | null;
}

/**
 * What is known of an experiment: results by cell, folded from its events, whether they come from the journal or from
 * the run itself. Requests are not kept: they can be rendered again.
 */
export class ExperimentState {
  readonly #plan: ExperimentPlan;
  readonly #entries = new Map<string, Entry>();
  readonly #steps = new Map<string, CellResult>();
  readonly #judgeReplies = new Map<string, JournalReply[]>();
  readonly #judge = new Map<number, { calls: number; costUsd: number | null }>();
  #calls = 0;
  readonly #callsByCell = new Map<string, number>();
  #costUsd: number | null = 0;
  #scored = 0;
  #failed = 0;
  startedAt: string | null = null;

  constructor(plan: ExperimentPlan) {
    this.#plan = plan;
  }

  apply(event: RunEvent): void {
    if (event.type === 'run-started') this.startedAt ??= event.startedAt;
    else if (event.type === 'cell-finished') this.#finish(event.cellId, event.result);
    else if (event.type === 'cell-scored') this.#score(event.cellId, event.evaluated);
    else if (event.type === 'scores-replaced') {
      this.forgetScores();
      for (const { cellId, evaluated } of event.scores) this.#score(cellId, evaluated);
    } else if (event.type === 'judge-answered') {
      const { cellId, reply, question } = event;
      this.#judgeReplies.set(cellId, [...this.judgeReplies(cellId), { reply, question }]);
    }
  }

  /** Forgets results that are to be had again; used on a journal before its run goes on. */
  forgetFailures(isForgotten: (result: CellResult) => boolean): void {
    for (const [cellId, { result }] of this.#entries) {
      if (isForgotten(result)) this.#set(cellId, null);
    }
    for (const [cellId, result] of this.#steps) {
      if (isForgotten(result)) this.#steps.delete(cellId);
    }
  }

  /** Makes undone what evaluators could not say: a judge may have been out of reach. */
  forgetMissingScores(): void {
    for (const [cellId, entry] of this.#entries) {
      const evaluations = entry.reported?.evaluations ?? [];
      if (!evaluations.some(({ score }) => score === null)) continue;
      this.#set(cellId, { ...entry, reported: null });
      this.#judgeReplies.delete(cellId);
    }
  }

  /** Makes the evaluators' work undone. */
  forgetScores(): void {
    for (const [cellId, entry] of this.#entries) {
      this.#set(cellId, { ...entry, reported: null });
    }
    this.#judge.clear();
    this.#judgeReplies.clear();
  }

  /** What a call ended with: a cell, or a chain's step. */
  finished(cellId: string): CellResult | null {
    return this.#entries.get(cellId)?.result ?? this.#steps.get(cellId) ?? null;
  }

  /** A judge's answers about a cell that are in the journal; kept until its rivals are scored, too. */
  judgeReplies(cellId: string): readonly JournalReply[] {
    return this.#judgeReplies.get(cellId) ?? [];
  }

  reported(cell: ExperimentCell): ReportedResult | null {
    return this.#entries.get(cellIdOf(cell))?.reported ?? null;
  }

  /** Results of a case by variant, then repetition, once every cell of it is scored; else null. */
  completeCase(caseIndex: number): ReportedResult[][] | null {
    const byVariant = new Map<number, ReportedResult[]>();
    for (const cell of cellsOfCase(this.#plan, caseIndex)) {
      const reported = this.reported(cell);
      if (reported === null) return null;
      byVariant.set(cell.variantIndex, [...(byVariant.get(cell.variantIndex) ?? []), reported]);
    }
    return [...byVariant.values()];
  }

  /** Calls to models that were not answered from the cache, judges included. */
  get calls(): number {
    return [...this.#judge.values()].reduce((sum, { calls }) => sum + calls, this.#calls);
  }

  /** The same of one cell: its own and its judges'. */
  callsOf(cellId: string): number {
    return this.#callsByCell.get(cellId) ?? 0;
  }

  /** Of the variants; null where a price is unknown. */
  get costUsd(): number | null {
    return this.#costUsd;
  }

  get judgeCostUsd(): number | null {
    return [...this.#judge.values()].map(({ costUsd }) => costUsd).reduce(plus, 0);
  }

  judgeCostOf(variantIndex: number): number | null {
    return this.#judge.get(variantIndex)?.costUsd ?? 0;
  }

  get scoredCells(): number {
    return this.#scored;
  }

  get failedCells(): number {
    return this.#failed;
  }

  #set(cellId: string, entry: Entry | null): void {
    const before = this.#entries.get(cellId);
    if (before !== undefined) this.#count(before, -1);
    if (entry === null) this.#entries.delete(cellId);
    else {
      this.#entries.set(cellId, entry);
      this.#count(entry, 1);
    }
  }

  #count({ reported, result }: Entry, by: 1 | -1): void {
    if (reported !== null) this.#scored += by;
    if (result.failure !== null) this.#failed += by;
  }

  #finish(cellId: string, result: CellResult): void {
    if (result.failure?.code === 'cancelled') return;
    const cell = parseCellId(this.#plan, cellId);
    if (cell !== null) {
      this.#set(cellId, { result, reported: null });
      this.#forgetScoresOfRivals(cell);
    } else this.#steps.set(cellId, result);
    // A chain's own result is the sum of its steps, which have been counted.
    const isSum = cell !== null && this.#isChain(cell);
    if (isSum || result.cached || result.attempts === 0) return;
    this.#calls += 1;
    this.#addCalls(cellId, 1);
    this.#costUsd = plus(this.#costUsd, result.failure === null ? result.costUsd : (result.costUsd ?? 0));
  }

  /** What rivals were compared with is no more, where a call is made again. */
  #forgetScoresOfRivals(cell: ExperimentCell): void {
    if (!isPairwise(this.#plan, cell.caseIndex)) return;
    for (const rival of rivalsOf(this.#plan, cell)) {
      const entry = this.#entries.get(cellIdOf(rival));
      if (entry !== undefined && entry.reported !== null) {
        this.#set(cellIdOf(rival), { ...entry, reported: null });
      }
    }
  }

  /** A chain's steps are calls of its cell. */
  #addCalls(cellId: string, calls: number): void {
    const [cell = cellId] = cellId.split('/');
    this.#callsByCell.set(cell, this.callsOf(cell) + calls);
  }

  #isChain({ variantIndex }: ExperimentCell): boolean {
    return this.#plan.variants[variantIndex]?.target.type === 'chain';
  }

  #forgetReplies(cell: ExperimentCell): void {
    if (this.#judgeReplies.size === 0) return;
    const rivals = rivalsOf(this.#plan, cell);
    if (!rivals.every((rival) => this.reported(rival) !== null)) return;
    for (const rival of rivals) this.#judgeReplies.delete(cellIdOf(rival));
  }

  #score(cellId: string, evaluated: EvaluatedOutput): void {
    const entry = this.#entries.get(cellId);
    const cell = parseCellId(this.#plan, cellId);
    if (entry === undefined || cell === null) return;
    this.#set(cellId, { result: entry.result, reported: buildResult(entry.result, evaluated) });
    this.#forgetReplies(cell);
    const before = this.#judge.get(cell.variantIndex) ?? { calls: 0, costUsd: 0 };
    const judges = evaluated.evaluations.flatMap(({ judge }) => (judge === undefined ? [] : [judge]));
    this.#addCalls(
      cellId,
      judges.reduce((sum, { calls }) => sum + calls, 0),
    );
    this.#judge.set(cell.variantIndex, {
      calls: judges.reduce((sum, { calls }) => sum + calls, before.calls),
      costUsd: judges.map(({ costUsd }) => costUsd).reduce(plus, before.costUsd),
    });
  }
}
