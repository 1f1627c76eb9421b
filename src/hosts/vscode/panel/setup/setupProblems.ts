import type { Diagnostic, Position } from '../../../../core/domain/diagnostic.ts';
import type { ExperimentPlanned } from '../../../../core/domain/experimentPlan.ts';
import type { JsonValue } from '../../../../core/domain/json.ts';
import type { ParsedFile } from '../../../../core/domain/parsedFile.ts';
import type { Locate } from '../../../../core/domain/promptFile.ts';
import type { FileDiagnostic } from '../../../../core/domain/runPlan.ts';
import type { SetupPath, SetupProblem } from '../../../../protocol/setup.ts';

type PlaceOf = (path: string, start: Position) => string;

/** What was found in the text itself, each at its field. */
export function problemsOfText(
  parsed: ParsedFile,
  value: JsonValue,
  placeOf: PlaceOf,
): readonly SetupProblem[] {
  const own = parsed.diagnostics.map((each): FileDiagnostic => ({ ...each, path: parsed.path }));
  return toProblems(own, parsed, value, placeOf);
}

/** What planning found besides. */
export function problemsOfPlan(
  parsed: ParsedFile,
  value: JsonValue,
  planned: ExperimentPlanned,
  placeOf: PlaceOf,
): readonly SetupProblem[] {
  if (planned.status === 'failed') {
    const { message, hint } = planned.failure;
    return [{ path: [], severity: 'error', message: `${message} ${hint}`, place: '' }];
  }
  const found = planned.status === 'ready' ? planned.warnings : planned.diagnostics;
  const known = new Set(parsed.diagnostics.map(({ message }) => message));
  const more = found.filter(({ path, message }) => path !== parsed.path || !known.has(message));
  return toProblems(more, parsed, value, placeOf);
}

function toProblems(
  diagnostics: readonly FileDiagnostic[],
  parsed: ParsedFile,
  value: JsonValue,
  placeOf: PlaceOf,
): readonly SetupProblem[] {
  return diagnostics.flatMap((each): SetupProblem[] => {
    const { severity, message, range, path } = each;
    if (severity === 'information') return [];
    const at = path === parsed.path ? fieldOf(each, value, parsed.locate) : [];
    return [{ path: at, severity, message, place: placeOf(path, range.start) }];
  });
}

/** What is missing is marked at a neighbour: it belongs to what both are parts of. */
function fieldOf({ code, range }: Diagnostic, value: JsonValue, locate: Locate): SetupPath {
  const path = pathAt(value, locate, range.start);
  return code === 'missing-key' && typeof path.at(-1) === 'string' && path.length > 1
    ? path.slice(0, -1)
    : path;
}

/** The deepest part of a file's value that stands at a position of its text. */
export function pathAt(value: JsonValue, locate: Locate, position: Position): SetupPath {
  const path: (string | number)[] = [];
  let at: JsonValue | undefined = value;
  while (typeof at === 'object' && at !== null) {
    const inside: string | number | undefined = childrenOf(at).find((step) =>
      holds([...path, step], locate, position),
    );
    if (inside === undefined) break;
    path.push(inside);
    at = (at as Record<string | number, JsonValue>)[inside];
  }
  return path;
}

const childrenOf = (value: object): readonly (string | number)[] =>
  Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);

function holds(path: SetupPath, locate: Locate, position: Position): boolean {
  const isIn = (part: 'key' | 'value'): boolean => {
    const { start, end } = locate(path, part);
    return !isBefore(position, start) && isBefore(position, end);
  };
  return isIn('value') || (typeof path.at(-1) === 'string' && isIn('key'));
}

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);
