/** A tool was asked for something it cannot do; the message says what and how to mend it. Becomes an `isError` result. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem';
}
