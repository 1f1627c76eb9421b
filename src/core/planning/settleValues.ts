import type { JsonValue } from '../domain/json.ts';
import type { Prompt, Skill, VariableSpec } from '../domain/promptFile.ts';
import { renderValue } from '../domain/template.ts';
import { templatesOf } from './templatesOf.ts';

export interface ValueProblem {
  readonly code: 'unset-variable' | 'enum-violation';
  readonly variable: string;
  readonly message: string;
  /** What asks for it, as `Locate` takes it. */
  readonly at: readonly (string | number)[];
}

export interface SettledValues {
  readonly values: Readonly<Record<string, JsonValue>>;
  /** At most one for each variable. */
  readonly problems: readonly ValueProblem[];
}

/**
 * The value of every variable: given, read from its file, its default, or nothing where `required: false` says it may
 * stay empty. What has none, and what breaks an `enum`, is a problem.
 *
 * @param fileTexts Text of each variable that has a `file`.
 * @param later Names that will have a value only at run time (a chain's outputs).
 */
export function settleValues(
  file: Prompt | Skill,
  inputs: Readonly<Record<string, JsonValue>>,
  fileTexts: Readonly<Record<string, string>> = {},
  later: ReadonlySet<string> = new Set(),
): SettledValues {
  const values: Record<string, JsonValue> = { ...inputs };
  const problems = new Map<string, ValueProblem>();
  for (const [variable, spec] of Object.entries(file.variables)) {
    if (later.has(variable)) continue;
    const value = given(inputs, variable) ?? given(fileTexts, variable) ?? spec.default;
    if (value === undefined) {
      if (spec.required) problems.set(variable, unset(variable, ['variables', variable]));
      else values[variable] = '';
      continue;
    }
    values[variable] = value;
    const message = enumProblem(variable, spec, value);
    if (message !== null) {
      const at = ['variables', variable, 'enum'];
      problems.set(variable, { code: 'enum-violation', variable, message, at });
    }
  }
  for (const { path, variables } of templatesOf(file)) {
    for (const variable of variables) {
      if (given(values, variable) !== undefined || later.has(variable)) continue;
      const known = problems.get(variable);
      // The place that uses a variable says more than its declaration.
      if (known === undefined || known.at[0] === 'variables') problems.set(variable, unset(variable, path));
    }
  }
  return { values, problems: [...problems.values()] };
}

const given = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** Cases have it, and yet it is no variable of a message. */
const aboutExpected =
  'A case’s `expected` is the reference answer, which the model does not see: give what it is to see another name.';

const unset = (variable: string, at: ValueProblem['at']): ValueProblem => ({
  code: 'unset-variable',
  variable,
  message: `The variable "${variable}" has no value. ${variable === 'expected' ? aboutExpected : 'Give it one for this run, or a default under `variables`.'}`,
  at,
});

/** Compared as text: a value typed on a command line is text even where the list holds numbers. */
function enumProblem(name: string, spec: VariableSpec, value: JsonValue): string | null {
  if (spec.enum === undefined || spec.enum.some((item) => renderValue(item) === renderValue(value))) {
    return null;
  }
  const shown = renderValue(value);
  const allowed = spec.enum.map((item) => renderValue(item)).join(', ');
  return `The variable "${name}" must be one of ${allowed}; it is "${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}".`;
}
