import { isString, messageOf } from './guard.ts';
import type { CaseDetail, PanelReport } from './panelReport.ts';
import { isCaseDetail, isPanelReport } from './panelReportGuards.ts';
import { isPanelPlan, type PanelPlan } from './panelPlan.ts';
import type { PanelRun } from './panelRun.ts';
import { isPanelRun } from './panelRunGuards.ts';

/** From the extension to the panel. Nothing is sent before `webview-ready`. */
export type HostMessage =
  /** A stored run; `source` is what the panel keeps to find it again after a restart. */
  | { readonly type: 'report-shown'; readonly source: string; readonly report: PanelReport }
  /** The answer to `case-requested`. */
  | { readonly type: 'case-shown'; readonly detail: CaseDetail }
  /** An A/B test that may be started; again whenever its file changes. */
  | { readonly type: 'plan-shown'; readonly plan: PanelPlan }
  | { readonly type: 'run-updated'; readonly run: PanelRun }
  /** There is nothing to show, and why. */
  | { readonly type: 'problem-shown'; readonly message: string; readonly hint: string };

export const isHostMessage = messageOf<HostMessage>({
  'report-shown': { source: isString, report: isPanelReport },
  'case-shown': { detail: isCaseDetail },
  'plan-shown': { plan: isPanelPlan },
  'run-updated': { run: isPanelRun },
  'problem-shown': { message: isString, hint: isString },
});
