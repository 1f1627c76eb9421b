import { isString, messageOf } from './guard.ts';
import { isRunComparison, isRunFacts, type PanelRunComparison, type PanelRunFacts } from './panelActs.ts';
import type { CaseDetail, PanelReport } from './panelReport.ts';
import { isCaseDetail, isPanelReport } from './panelReportGuards.ts';
import type { PanelRun } from './panelRun.ts';
import { isPanelRun } from './panelRunGuards.ts';
import type { PanelSetup } from './setup.ts';
import { isPanelSetup } from './setupGuards.ts';

/** From the extension to the panel. Nothing is sent before `webview-ready`. */
export type HostMessage =
  /** A stored run; `source` is what the panel keeps to find it again after a restart. */
  | { readonly type: 'report-shown'; readonly source: string; readonly report: PanelReport }
  /** The answer to `case-requested`. */
  | { readonly type: 'case-shown'; readonly detail: CaseDetail }
  /** An A/B test that may be edited and started; again whenever something about it changes. */
  | { readonly type: 'setup-shown'; readonly setup: PanelSetup }
  /** `source` as in `report-shown`; '' while the run is not on disk. */
  | { readonly type: 'run-updated'; readonly source: string; readonly run: PanelRun }
  /** What belongs to the stored run on show; again whenever something about it changes. */
  | { readonly type: 'facts-shown'; readonly source: string; readonly facts: PanelRunFacts }
  /** The answer to `run-comparison-requested`. */
  | { readonly type: 'run-comparison-shown'; readonly comparison: PanelRunComparison }
  /** There is nothing to show, and why. */
  | { readonly type: 'problem-shown'; readonly message: string; readonly hint: string };

export const isHostMessage = messageOf<HostMessage>({
  'report-shown': { source: isString, report: isPanelReport },
  'case-shown': { detail: isCaseDetail },
  'setup-shown': { setup: isPanelSetup },
  'run-updated': { source: isString, run: isPanelRun },
  'facts-shown': { source: isString, facts: isRunFacts },
  'run-comparison-shown': { comparison: isRunComparison },
  'problem-shown': { message: isString, hint: isString },
});
