import type { JsonValue } from '../domain/json.ts';
import { renderTemplate } from '../domain/template.ts';
import type { EvaluationInput } from './evaluator.ts';

export type Rendered =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Renders a template of an evaluator with the case's keys; `expected` is one of them. */
export function renderForCase(
  template: string,
  input: EvaluationInput,
  more: Readonly<Record<string, JsonValue>> = {},
): Rendered {
  const { text, missing, problems } = renderTemplate(template, { ...caseKeys(input), ...more });
  const unset = missing[0];
  if (unset !== undefined) {
    return { ok: false, reason: `The evaluator uses \`{{${unset.name}}}\`, which the case does not set.` };
  }
  const problem = problems[0];
  return problem === undefined ? { ok: true, text } : { ok: false, reason: problem.message };
}

function caseKeys(input: EvaluationInput): Record<string, JsonValue> {
  return { ...input.variables, ...(input.expected !== undefined && { expected: input.expected }) };
}
