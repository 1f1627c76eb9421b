import type { JsonValue } from './json.ts';

/** One case of a prompt's or experiment's test data. */
export interface TestCase {
  /** Stable within its data: `case-1`, `case-2` … in file order, or the case's own `id`. */
  readonly id: string;
  /** Every key of the case but `expected`. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** The reference answer, as text. */
  readonly expected?: string;
}
