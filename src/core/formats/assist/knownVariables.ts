import type { JsonValue } from '../../domain/json.ts';
import type { PromptKind } from '../../domain/promptFile.ts';
import { readYaml } from '../yaml/readYaml.ts';

export interface KnownVariable {
  readonly name: string;
  readonly description: string;
}

/** The variables that a template at `path` may use, as far as the text tells. The file may be broken. */
export function knownVariables(
  text: string,
  kind: PromptKind,
  path: readonly (string | number)[],
): KnownVariable[] {
  const found = new Map<string, string>();
  const add = (name: string, description: string): void => {
    if (!found.has(name)) found.set(name, description);
  };
  const root = asMap(readYaml(text).value);
  const scoring = path[0] === 'evaluators';
  if (scoring) add('completion', 'The answer.');
  if (scoring) add('expected', 'The reference answer of the test case.');
  for (const [name, spec] of Object.entries(asMap(root['variables']))) {
    const { description } = asMap(spec);
    add(name, typeof description === 'string' ? description : 'Declared under `variables`.');
  }
  if (kind === 'chain' || kind === 'skill')
    add('input', kind === 'chain' ? "The chain's input." : 'The input.');
  if (kind === 'chain' && path[0] === 'steps') {
    const before = asList(root['steps']).slice(0, Number(path[1]));
    if (before.length > 0) add('previous', 'The output of the step before.');
    before.forEach((step, index) => {
      const { name } = asMap(step);
      add(
        `steps.${typeof name === 'string' ? name : `step-${index + 1}`}.output`,
        'The output of that step.',
      );
    });
  }
  for (const each of asList(root['testData']).slice(0, 50)) {
    for (const name of Object.keys(asMap(each)))
      if (name !== 'expected') add(name, 'A key of the test data.');
  }
  for (const [, name] of text.matchAll(/\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g)) {
    if (name !== undefined && (scoring || name !== 'completion')) add(name, 'Used in this file.');
  }
  return [...found].map(([name, description]) => ({ name, description }));
}

const asMap = (value: JsonValue | undefined): Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const asList = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
