import { failureCodes } from '../core/domain/failure.ts';
import { arrayOf, isNumber, isString, nullOr, objectOf, oneOf } from './guard.ts';
import { panelRunStates, type PanelRun, type PanelRunFailure, type PanelRunVariant } from './panelRun.ts';
import { isVerdict } from './panelReportGuards.ts';

const number = nullOr(isNumber);

export const isPanelRun = objectOf<PanelRun>({
  runId: isString,
  title: isString,
  state: oneOf(panelRunStates),
  metric: isString,
  confidenceLevel: isNumber,
  variants: arrayOf(
    objectOf<PanelRunVariant>({
      id: isString,
      label: isString,
      detail: isString,
      done: isNumber,
      planned: isNumber,
      failures: isNumber,
      mean: number,
    }),
  ),
  cases: objectOf({ done: isNumber, planned: isNumber }),
  verdict: nullOr(isVerdict),
  confidences: arrayOf(number),
  elapsedMs: isNumber,
  leftMs: number,
  costUsd: number,
  leftCostUsd: number,
  failures: arrayOf(
    objectOf<PanelRunFailure>({
      caseId: isString,
      variant: isString,
      code: oneOf(failureCodes),
      message: isString,
      hint: isString,
    }),
  ),
  failureCount: isNumber,
});
