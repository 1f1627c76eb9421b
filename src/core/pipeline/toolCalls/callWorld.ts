import type { PriceOverrides } from '../../domain/price.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import type { Pipeline } from '../pipeline.ts';
import type { SpendingLimit } from './spendingLimit.ts';
import { ToolProblem } from './toolProblem.ts';

/** What a call by an agent works with, whether it comes over MCP or from the editor's chat. */
export interface CallWorld {
  readonly pipeline: Pipeline;
  readonly spending: SpendingLimit;
  readonly prices: PriceOverrides;
  /** A file as people refer to it. */
  shownPath(file: string): string;
}

export interface CallAnswer<Data> {
  /** For people and models to read: one block of text each. */
  readonly text: readonly string[];
  /** The same as data. */
  readonly data: Data;
  readonly isError?: boolean;
}

/** Files that cannot be used, as the problem they are for the caller. Lines and columns count from 1. */
export function unusableFiles(
  { shownPath }: Pick<CallWorld, 'shownPath'>,
  diagnostics: readonly FileDiagnostic[],
): ToolProblem {
  const lines = diagnostics.map(({ path, range: { start }, severity, code, message }) => {
    const place = `${shownPath(path)}:${start.line + 1}:${start.column + 1}`;
    return `${place} ${severity} ${code}: ${message}`;
  });
  return new ToolProblem(['It cannot be used as it is:', ...lines].join('\n'));
}
