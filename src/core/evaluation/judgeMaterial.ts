import type { JsonValue } from '../domain/json.ts';
import { renderValue } from '../domain/template.ts';
import type { EvaluationInput } from './evaluator.ts';
import type { Rubric } from './rubrics.ts';

/** A piece of text shown to a judge, fenced under its label. */
export interface Section {
  readonly label: string;
  readonly text: string;
}

const contextKeys = ['context', 'document', 'documents', 'source', 'sources', 'text'];

/** What a rubric's judge sees besides the output. */
export function materialFor(rubric: Rubric, input: EvaluationInput): Section[] {
  const sections: Section[] = [];
  if (rubric.shows.includes('input')) sections.push({ label: 'input', text: requestOf(input) });
  if (rubric.shows.includes('context')) {
    const context = contextOf(input.variables);
    if (context !== null) sections.push({ label: 'context', text: context });
  }
  if (rubric.shows.includes('expected') && input.expected !== undefined) {
    sections.push({ label: 'reference', text: input.expected });
  }
  return sections;
}

/** What the model was asked: the messages where they are known, else the case's data. */
export function requestOf({ messages = () => [], variables }: EvaluationInput): string {
  const asked = messages();
  if (asked.length > 0) {
    return asked.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
  }
  return dataOf(variables);
}

/** The case's data, which every variant is asked about, each in its own words. */
export function dataOf(variables: EvaluationInput['variables']): string {
  const names = Object.keys(variables);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return renderValue(variables[only] ?? '');
  return names.map((name) => `${name}: ${renderValue(variables[name] ?? '')}`).join('\n');
}

function contextOf(variables: Readonly<Record<string, JsonValue>>): string | null {
  const key = contextKeys.find((name) => Object.hasOwn(variables, name));
  return key === undefined ? null : renderValue(variables[key] ?? '');
}
