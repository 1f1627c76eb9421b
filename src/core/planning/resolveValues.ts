import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Prompt, Skill, VariableSpec } from '../domain/promptFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { renderValue, variablesOf } from '../domain/template.ts';
import { locateVariable, problemIn } from './planningProblem.ts';
import { templatesOf } from './templatesOf.ts';

export interface ResolvedValues {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly problems: readonly FileDiagnostic[];
}

/**
 * The value of every variable: given, read from its file, or its default. What has none, and what breaks an `enum`, is
 * a problem at the place that asks for it.
 *
 * @param fileTexts Text of each variable that has a `file`, read beforehand.
 * @param later Names that will have a value only at run time (a chain's outputs).
 */
export function resolveValues(
  parsed: ParsedFile,
  file: Prompt | Skill,
  inputs: Readonly<Record<string, JsonValue>>,
  fileTexts: Readonly<Record<string, string>> = {},
  later: ReadonlySet<string> = new Set(),
): ResolvedValues {
  const values: Record<string, JsonValue> = { ...inputs };
  const problems: FileDiagnostic[] = [];
  for (const [name, spec] of Object.entries(file.variables)) {
    if (later.has(name)) continue;
    const value = given(values, name) ?? given(fileTexts, name) ?? spec.default;
    if (value !== undefined) {
      values[name] = value;
      const range = parsed.locate(['variables', name, 'enum'], 'value');
      const problem = enumProblem(name, spec, value);
      if (problem !== null) problems.push(problemIn(parsed, 'enum-violation', problem, range));
    } else if (spec.required) {
      const range = parsed.locate(['variables', name], 'key');
      problems.push(problemIn(parsed, 'unset-variable', unsetMessage(name), range));
    }
  }
  const reported = new Set(problems.map((problem) => problem.message));
  for (const { path, text } of templatesOf(file)) {
    for (const name of variablesOf(text)) {
      const message = unsetMessage(name);
      if (given(values, name) !== undefined || later.has(name) || reported.has(message)) continue;
      reported.add(message);
      problems.push(problemIn(parsed, 'unset-variable', message, locateVariable(parsed, path, name)));
    }
  }
  return { values, problems };
}

const given = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

const unsetMessage = (name: string): string =>
  `The variable "${name}" has no value. Give it one for this run, or a default under \`variables\`.`;

/** Compared as text: a value typed on a command line is text even where the list holds numbers. */
function enumProblem(name: string, spec: VariableSpec, value: JsonValue): string | null {
  if (spec.enum === undefined || spec.enum.some((item) => renderValue(item) === renderValue(value))) {
    return null;
  }
  const shown = renderValue(value);
  const allowed = spec.enum.map((item) => renderValue(item)).join(', ');
  return `The variable "${name}" must be one of ${allowed}; it is "${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}".`;
}
