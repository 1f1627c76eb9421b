import type { JsonObject, JsonValue } from '../core/domain/json.ts';
import type { PanelPlanFacts } from './panelPlan.ts';

/** Where a part of a set-up stands in its file: `['variants', 1, 'label']`. */
export type SetupPath = readonly (string | number)[];

/** One change of a set-up, in the words its file is written in. */
export type SetupEdit =
  /** Puts a value at a path; what is missing on the way is made. */
  | { readonly type: 'set'; readonly path: SetupPath; readonly value: JsonValue }
  /** Adds items to the end of a list, which is made when it is missing. */
  | { readonly type: 'append'; readonly path: SetupPath; readonly values: readonly JsonValue[] }
  /** Takes a key or an item out; nothing happens when it is not there. */
  | { readonly type: 'remove'; readonly path: SetupPath };

/** What is wrong with a field, or may be. */
export interface SetupProblem {
  /** The nearest part that the file has; empty: the whole of it. */
  readonly path: SetupPath;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** File, line and column from 1, for people; '' where there is none. */
  readonly place: string;
}

/** The beginning of cases that stand elsewhere. */
export interface SetupPreview {
  /** Where they stand, for people. */
  readonly from: string;
  readonly columns: readonly string[];
  /** By case, then by column. */
  readonly rows: readonly (readonly string[])[];
  readonly count: number;
  /** There are more than `count`: nobody counted on. */
  readonly more: boolean;
}

/** Why the form cannot be edited now. */
export interface SetupLock {
  readonly message: string;
  /** It can be started all the same. */
  readonly startable: boolean;
  /** In the file, line and column from 0; null where it is not about a place. */
  readonly place: { readonly line: number; readonly column: number } | null;
}

/** An A/B test before its first call, as a form: what its file says, what is wrong with it, and what it will take. */
export interface PanelSetup {
  /** Address of the file, or of the place a draft would have; the panel keeps it over a restart. */
  readonly source: string;
  /** Relative to the workspace; null for a draft, which has no file yet. */
  readonly file: string | null;
  readonly title: string;
  /** As the file writes it, defaults left out. Of a broken file: as it was last read. */
  readonly value: JsonObject;
  /** The last `setup-edited` that `value` holds. */
  readonly acknowledged: number;
  readonly lock: SetupLock | null;
  /** Why the last edit could not be made; null when it was. */
  readonly refused: string | null;
  readonly problems: readonly SetupProblem[];
  /** null: it cannot start yet. Of the last plan while a new one is made. */
  readonly facts: PanelPlanFacts | null;
  /** The estimate is being made anew. */
  readonly planning: boolean;
  /** Names of the variables that the variants use, in order of first use. */
  readonly variables: readonly string[];
  /** The cases of the first variant; null where the test has its own. */
  readonly inherited: SetupPreview | null;
  /** null without a data file, or when it cannot be read. */
  readonly dataFile: SetupPreview | null;
}

/** What needs the editor's own pickers and dialogs. */
export const setupAsks = [
  /** `at`: position of the variant. */
  'variant-prompt',
  'variant-version',
  'variant-model',
  'add-prompts',
  'add-version',
  'add-model',
  'data-file',
  /** Another column of the test cases. */
  'add-column',
  /** Write the first variant's cases into the test, to edit them. */
  'copy-cases',
  /** Write a draft to a file. */
  'save',
] as const;
export type SetupAsk = (typeof setupAsks)[number];
