import type { HumanLabel } from '../core/domain/humanLabel.ts';
import { arrayOf, isBoolean, isNumber, isString, nullOr, objectOf, oneOf, type Guard } from './guard.ts';

/** How often an evaluator and the reader say the same; `evaluator` null: the results' own pass or fail. */
export interface PanelAgreement {
  readonly evaluator: string | null;
  readonly n: number;
  readonly agreed: number;
  /** Cohen's kappa, −1..1; null where it says nothing. */
  readonly kappa: number | null;
}

/** A run of the same test. */
export interface PanelHistoryRun {
  readonly runId: string;
  /** ISO 8601 */
  readonly startedAt: string | null;
  /** What it found, in a few words. */
  readonly verdict: string;
  /** It can go on from where it ended. */
  readonly unfinished: boolean;
  /** The one on show. */
  readonly shown: boolean;
  /** In the metric's own unit, in the order of the history's columns. */
  readonly means: readonly (number | null)[];
}

export interface PanelHistory {
  readonly metric: string;
  /** Labels of the variants. */
  readonly columns: readonly string[];
  /** Oldest first. */
  readonly runs: readonly PanelHistoryRun[];
}

/** What belongs to a stored run besides its report, and what may be done with it. */
export interface PanelRunFacts {
  /** Ids of the variants that may be promoted; none for a test run. */
  readonly promotable: readonly string[];
  /** Cases that some variant did not pass or could not run. */
  readonly failingCases: number;
  /** Calls that failed and may be made again. */
  readonly failedCalls: number;
  readonly labels: readonly HumanLabel[];
  readonly agreements: readonly PanelAgreement[];
  readonly history: PanelHistory;
}

export interface PanelCaseChange {
  readonly caseId: string;
  /** In the metric's own unit. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What became of one variant from an earlier run to the one on show. */
export interface PanelVariantChange {
  readonly label: string;
  readonly sentence: string;
  /** The first of them; `betterCount` and `worseCount` count all. */
  readonly better: readonly PanelCaseChange[];
  readonly worse: readonly PanelCaseChange[];
  readonly betterCount: number;
  readonly worseCount: number;
}

export interface PanelRunComparison {
  readonly runId: string;
  readonly startedAt: string | null;
  readonly metric: string;
  readonly variants: readonly PanelVariantChange[];
  /** Labels of variants that only one of the runs has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

const number = nullOr(isNumber);
const text = nullOr(isString);
const labelWords = ['good', 'bad'] as const;
const isCount: Guard<number> = (value): value is number =>
  isNumber(value) && Number.isInteger(value) && value >= 0;

const isLabel = objectOf<HumanLabel>({
  caseId: isString,
  variant: isString,
  repetition: isCount,
  label: oneOf(labelWords),
});

export const isRunFacts = objectOf<PanelRunFacts>({
  promotable: arrayOf(isString),
  failingCases: isCount,
  failedCalls: isCount,
  labels: arrayOf(isLabel),
  agreements: arrayOf(
    objectOf<PanelAgreement>({ evaluator: text, n: isCount, agreed: isCount, kappa: number }),
  ),
  history: objectOf<PanelHistory>({
    metric: isString,
    columns: arrayOf(isString),
    runs: arrayOf(
      objectOf<PanelHistoryRun>({
        runId: isString,
        startedAt: text,
        verdict: isString,
        unfinished: isBoolean,
        shown: isBoolean,
        means: arrayOf(number),
      }),
    ),
  }),
});

const isChange = objectOf<PanelCaseChange>({ caseId: isString, before: number, after: number });

export const isRunComparison = objectOf<PanelRunComparison>({
  runId: isString,
  startedAt: text,
  metric: isString,
  variants: arrayOf(
    objectOf<PanelVariantChange>({
      label: isString,
      sentence: isString,
      better: arrayOf(isChange),
      worse: arrayOf(isChange),
      betterCount: isCount,
      worseCount: isCount,
    }),
  ),
  onlyBefore: arrayOf(isString),
  onlyAfter: arrayOf(isString),
});

/** From the panel to the extension: what the reader does with a stored run. */
export type ActMessage =
  /** Write the winning prompt into a file; the host asks what and where. */
  | { readonly type: 'promote-requested'; readonly columnId: string }
  /** Open two variants' prompts in the editor's own diff. */
  | { readonly type: 'prompt-diff-requested'; readonly left: string; readonly right: string }
  /** Add the cases that failed to a prompt's test data. */
  | { readonly type: 'keep-cases-requested' }
  /** A label for an output; null takes it back. `repetition` counts from 0. */
  | {
      readonly type: 'label-given';
      readonly caseId: string;
      readonly columnId: string;
      readonly repetition: number;
      readonly label: HumanLabel['label'] | null;
    }
  /** Show another run of the same test. */
  | { readonly type: 'run-requested'; readonly runId: string }
  /** Say what became better and worse since that run. */
  | { readonly type: 'run-comparison-requested'; readonly runId: string };

/** For `messageOf`. */
export const actFields = {
  'promote-requested': { columnId: isString },
  'prompt-diff-requested': { left: isString, right: isString },
  'keep-cases-requested': {},
  'label-given': {
    caseId: isString,
    columnId: isString,
    repetition: isCount,
    label: nullOr(oneOf(labelWords)),
  },
  'run-requested': { runId: isString },
  'run-comparison-requested': { runId: isString },
} as const;

const actTypes = new Set<string>(Object.keys(actFields));

export const isAct = (message: { readonly type: string }): message is ActMessage =>
  actTypes.has(message.type);
