import { fileNameFor } from '../../core/domain/fileNameFor.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

/** The name as a file or folder is called. Throws `ToolProblem` when nothing is left of it. */
export function placeFor(name: string): string {
  const place = fileNameFor(name);
  if (place !== null) return place;
  throw new ToolProblem(
    `"${name}" cannot name a file. Use letters and digits, with dashes or underscores between.`,
  );
}
