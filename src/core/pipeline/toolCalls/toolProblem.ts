/** A tool was asked for something it cannot do; the message says what and how to mend it. Becomes a result in words, never a crash. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem';
}
