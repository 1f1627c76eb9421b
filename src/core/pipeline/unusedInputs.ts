import { startOfFile } from '../domain/diagnostic.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { didYouMean } from '../formats/suggest.ts';

/** A value for a variable that the file does not have is most often a slip of the pen: said, never an error. */
export function unusedInputs(
  parsed: ParsedFile,
  inputs: Readonly<Record<string, JsonValue>>,
): FileDiagnostic[] {
  const { file, path } = parsed;
  const declared = file !== null && 'variables' in file ? Object.keys(file.variables) : [];
  const known = [...new Set([...parsed.variablesUsed, ...declared])];
  return Object.keys(inputs)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const has = known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`;
      const message = `"${parsed.name}" has no variable "${name}", so that value is not used.${didYouMean(name, known)} ${has}`;
      return { path, code: 'unused-input', severity: 'warning', message, range: startOfFile };
    });
}
