import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { variableNamePattern } from '../../domain/template.ts';
import { asObject, asText, present, valueAt, type Remainder } from './conversion.ts';

/** A variable as our files describe it, key by key. */
export interface VariableDraft {
  description?: string;
  default?: JsonValue;
  required?: boolean;
  enum?: JsonValue[];
  file?: string;
}

/** `variables` of a prompt file; names that cannot be used here are noted. Values for `a.b` come from a mapping `a`. */
export function toVariables(
  drafts: ReadonlyMap<string, VariableDraft>,
  used: readonly string[],
  remainder: Remainder,
): JsonObject {
  const variables: JsonObject = {};
  for (const [name, draft] of drafts) {
    const below = used.filter((each) => each.startsWith(`${name}.`));
    if (!variableNamePattern.test(name)) {
      remainder.keep(
        `inputs.${name}`,
        present({ ...draft }),
        'is no possible name of a variable; it is kept',
      );
      continue;
    }
    for (const path of below) {
      const preset = valueAt(draft.default, path.slice(name.length + 1));
      variables[path] = present({ description: draft.description, default: preset });
    }
    if (below.length > 0 && !used.includes(name)) continue;
    variables[name] = present({ ...draft });
  }
  return Object.keys(variables).length === 0 ? {} : { variables };
}

/** The properties of a JSON Schema of kind object, as variables. */
export function fromSchema(schema: JsonObject, presets: JsonObject): Map<string, VariableDraft> {
  const drafts = new Map<string, VariableDraft>();
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const [name, value] of Object.entries(asObject(schema['properties']) ?? {})) {
    const property = asObject(value) ?? {};
    const options = Array.isArray(property['enum'])
      ? property['enum'].filter((each) => each !== null)
      : undefined;
    drafts.set(name, {
      ...((asText(property['description']) ?? '') !== '' && {
        description: asText(property['description']) ?? '',
      }),
      ...(options !== undefined && options.length > 0 && { enum: options }),
      ...(property['default'] !== undefined && { default: property['default'] }),
      ...(!required.includes(name) && { required: false }),
    });
  }
  for (const [name, preset] of Object.entries(presets)) {
    drafts.set(name, { ...drafts.get(name), default: preset });
  }
  return drafts;
}

/** Types other than text, which nothing here checks. */
export function noteTypes(types: ReadonlyMap<string, string>, where: string, remainder: Remainder): void {
  const other = [...types].filter(([, type]) => type !== 'string' && type !== 'any' && type !== 'thread');
  if (other.length === 0) return;
  const list = other.map(([name, type]) => `${name}: ${type}`).join(', ');
  remainder.note(where, `The types of variables are not checked here (${list}).`);
}
