import { cellIdOf, parseCellId } from '../../../core/domain/experimentCell.ts';
import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../core/domain/report.ts';
import type { ExperimentProgress, RunEvent } from '../../../core/domain/runEvent.ts';
import type { PanelRun, PanelRunFailure, PanelRunState } from '../../../protocol/panelRun.ts';
import { variantColumns } from './toPlanFacts.ts';

const failuresShown = 20;

/** Folds the events of an A/B test into what the panel shows while it runs. */
export class RunProgress {
  runId = '';
  private readonly plan: ExperimentPlan;
  private readonly done: readonly Set<string>[];
  private readonly failed: readonly Set<string>[];
  private readonly confidences: (number | null)[] = [];
  private failures: readonly PanelRunFailure[] = [];
  private progress: ExperimentProgress | null = null;

  constructor(plan: ExperimentPlan) {
    this.plan = plan;
    this.done = plan.variants.map(() => new Set());
    this.failed = plan.variants.map(() => new Set());
  }

  /** What an earlier part of the run has finished. */
  seed({ cases }: AbReport): void {
    const caseIndex = new Map(this.plan.cases.map(({ id }, at) => [id, at]));
    for (const { id, results } of cases) {
      this.plan.variants.forEach((variant, variantIndex) => {
        (results[variant.id] ?? []).forEach(({ failure }, repetition) => {
          const cell = { caseIndex: caseIndex.get(id) ?? -1, variantIndex, repetition };
          if (failure === null) this.done[variantIndex]?.add(cellIdOf(cell));
        });
      });
    }
  }

  /** Whether there is anything new to show. */
  apply(event: RunEvent): boolean {
    switch (event.type) {
      case 'run-started':
        this.runId = event.runId;
        return true;
      case 'cell-finished':
        return this.finishCell(event);
      case 'verdict-updated':
        this.updateVerdict(event);
        return true;
      default:
        return false;
    }
  }

  private finishCell({ cellId, result }: Extract<RunEvent, { type: 'cell-finished' }>): boolean {
    // The steps of a chain stand for their cell: `c0-v1-r0/step`.
    const [id = ''] = cellId.split('/');
    const cell = parseCellId(this.plan, id);
    if (cell === null) return false;
    this.done[cell.variantIndex]?.add(id);
    if (result.failure !== null) {
      const { code, message, hint } = result.failure;
      const variant = this.plan.variants[cell.variantIndex]?.id ?? '';
      const caseId = this.plan.cases[cell.caseIndex]?.id ?? id;
      this.failed[cell.variantIndex]?.add(id);
      this.failures = [{ caseId, variant, code, message, hint }, ...this.failures].slice(0, failuresShown);
    }
    return true;
  }

  private updateVerdict(progress: ExperimentProgress): void {
    this.progress = progress;
    const verdict = progress.comparison?.verdict;
    if (verdict === undefined) return;
    // Several cases may come through at once: those between have no look of their own.
    const before = this.confidences.at(-1) ?? null;
    while (this.confidences.length < progress.cases - 1) this.confidences.push(before);
    if (progress.cases > 0) this.confidences[progress.cases - 1] = verdict.confidence;
  }

  snapshot(state: PanelRunState, elapsedMs: number): PanelRun {
    const { plan, progress } = this;
    const perVariant = plan.cases.length * plan.repetitions;
    const cells = this.done.reduce((sum, { size }) => sum + size, 0);
    const left = cells === 0 ? null : (perVariant * plan.variants.length - cells) / cells;
    const costUsd = progress?.costUsd ?? null;
    const means = new Map(progress?.comparison?.variants.map(({ id, mean }) => [id, mean]));
    return {
      runId: this.runId,
      title: plan.name,
      state,
      metric: plan.metric.name,
      confidenceLevel: plan.confidenceLevel,
      variants: variantColumns(plan).map((column, at) => ({
        ...column,
        done: this.done[at]?.size ?? 0,
        planned: perVariant,
        failures: this.failed[at]?.size ?? 0,
        mean: means.get(column.id) ?? null,
      })),
      cases: { done: progress?.cases ?? 0, planned: plan.cases.length },
      verdict: progress?.comparison?.verdict ?? null,
      confidences: this.confidences,
      elapsedMs,
      leftMs: left === null ? null : left * elapsedMs,
      costUsd,
      leftCostUsd: left === null || costUsd === null ? null : left * costUsd,
      failures: this.failures,
      failureCount: this.failed.reduce((sum, { size }) => sum + size, 0),
    };
  }
}
