import type { FailureCode } from '../core/domain/failure.ts';
import type { Verdict } from '../core/domain/verdict.ts';

export const panelRunStates = ['starting', 'running', 'pausing', 'paused', 'stopping', 'ended'] as const;
export type PanelRunState = (typeof panelRunStates)[number];

export interface PanelRunVariant {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Calls. */
  readonly done: number;
  readonly planned: number;
  readonly failures: number;
  /** In the metric's own unit, over the cases that every variant has; null before the first. */
  readonly mean: number | null;
}

export interface PanelRunFailure {
  readonly caseId: string;
  readonly variant: string;
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
}

/** A run while it goes on, as often as the host cares to say (at most every 50 ms). */
export interface PanelRun {
  readonly runId: string;
  readonly title: string;
  readonly state: PanelRunState;
  readonly metric: string;
  readonly confidenceLevel: number;
  readonly variants: readonly PanelRunVariant[];
  /** Cases that every variant has finished, and all planned ones. */
  readonly cases: { readonly done: number; readonly planned: number };
  /** Valid at any time, however often one looks; null before the first case. */
  readonly verdict: Verdict | null;
  /** The confidence after each finished case, 0..1; null while it is too early. */
  readonly confidences: readonly (number | null)[];
  readonly elapsedMs: number;
  /** Estimated; null while unknown. */
  readonly leftMs: number | null;
  readonly costUsd: number | null;
  readonly leftCostUsd: number | null;
  /** The newest, newest first; `failureCount` counts all. */
  readonly failures: readonly PanelRunFailure[];
  readonly failureCount: number;
}
