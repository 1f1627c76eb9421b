import type { Prompt, Skill } from '../domain/promptFile.ts';
import { variablesOf } from '../domain/template.ts';

export interface PlacedTemplate {
  /** Where it stands in the file, as `Locate` takes it. */
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** Those it uses, each once. */
  readonly variables: readonly string[];
}

/** Files never change once they are read, and are asked for their templates with every case. */
const known = new WeakMap<Prompt | Skill, readonly PlacedTemplate[]>();

/** Every template that becomes part of the request, in the order it is sent. */
export function templatesOf(file: Prompt | Skill): readonly PlacedTemplate[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const instructions = file.kind === 'skill' ? [placed(['instructions'], file.instructions)] : [];
  const messages = file.messages.map(({ content }, index) => placed(['messages', index, 'content'], content));
  const templates = [...instructions, ...messages];
  known.set(file, templates);
  return templates;
}

const placed = (path: PlacedTemplate['path'], text: string): PlacedTemplate => ({
  path,
  text,
  variables: variablesOf(text),
});
