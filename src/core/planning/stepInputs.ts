import type { JsonValue } from '../domain/json.ts';
import { renderTemplate, variablesOf } from '../domain/template.ts';

/** What the templates of a chain can refer to: values that are there, and names that will be. */
export interface ChainScope {
  readonly known: Readonly<Record<string, JsonValue>>;
  readonly later: ReadonlySet<string>;
}

export interface StepInputs extends ChainScope {
  /** Variables of `with` whose templates name something that does not exist. */
  readonly unset: readonly { readonly variable: string; readonly name: string }[];
}

/** The name under which a step's output is found by later ones. */
export const outputOf = (step: string): string => `steps.${step}.output`;

/**
 * The variables a step hands to what it uses: those of `with`, and `input`, which is the chain's own for the first
 * step and the previous output for the others, unless `with` says otherwise.
 */
export function stepInputs(
  step: { readonly with: Readonly<Record<string, string>> },
  isFirst: boolean,
  scope: ChainScope,
): StepInputs {
  const templates = { input: isFirst ? '{{input}}' : '{{previous}}', ...step.with };
  const known: Record<string, JsonValue> = {};
  const later = new Set<string>();
  const unset: { variable: string; name: string }[] = [];
  for (const [variable, template] of Object.entries(templates)) {
    const names = variablesOf(template);
    const missing = names.filter((name) => !Object.hasOwn(scope.known, name) && !scope.later.has(name));
    if (missing.length > 0) {
      // A chain may be started without an input when nothing needs one.
      if (Object.hasOwn(step.with, variable)) unset.push(...missing.map((name) => ({ variable, name })));
    } else if (names.some((name) => scope.later.has(name))) {
      later.add(variable);
    } else {
      known[variable] = renderWhole(template, names, scope.known);
    }
  }
  return { known, later, unset };
}

/** A template that is one variable and nothing else passes the value itself on, so that lists and numbers stay such. */
function renderWhole(
  template: string,
  names: readonly string[],
  values: Readonly<Record<string, JsonValue>>,
): JsonValue {
  const [name] = names;
  const only = name !== undefined && names.length === 1 ? values[name] : undefined;
  const isWhole = only !== undefined && /^\{\{[^{}]*\}\}$/.test(template);
  return isWhole ? only : renderTemplate(template, values).text;
}
