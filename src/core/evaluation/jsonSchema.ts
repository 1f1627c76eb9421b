import type { JsonObject, JsonValue } from '../domain/json.ts';
import { withoutScore, yesNo, type Evaluator } from './evaluator.ts';
import { parseJson } from './jsonValid.ts';

/** 1 when the output is JSON that the schema accepts: `with: {schema}`, else the file's own `jsonSchema`. */
export const jsonSchema: Evaluator = {
  scale: 'yes-no',
  evaluate: async ({ input, settings }) => {
    const schema = readSchema(settings['schema'] ?? input.jsonSchema);
    if (typeof schema === 'string') return withoutScore(schema);
    const parsed = parseJson(input.output);
    if (!parsed.valid) return yesNo(false, parsed.reason);
    const { validateJson } = await import('./validateJson.ts');
    const validation = await validateJson(parsed.value, schema.schema);
    if (validation.status === 'impossible') return withoutScore(validation.reason);
    return yesNo(
      validation.status === 'valid',
      validation.status === 'valid' ? undefined : validation.reason,
    );
  },
};

/** A mapping, or a string of JSON; either may be wrapped in `{name, schema}`. Otherwise what is wrong, as text. */
function readSchema(value: JsonValue | undefined): { schema: JsonObject | boolean } | string {
  if (value === undefined || value === null) {
    return 'There is no schema. Add `with: {schema: …}` to the evaluator or `jsonSchema` to the file.';
  }
  if (typeof value === 'string') {
    const parsed = parseJson(value);
    return parsed.valid && typeof parsed.value !== 'string'
      ? readSchema(parsed.value)
      : 'The schema is not valid JSON. Write it as a mapping, or as a string that holds JSON.';
  }
  if (typeof value === 'boolean') return { schema: value };
  if (typeof value !== 'object' || Array.isArray(value)) return 'The schema must be a mapping.';
  const inner = value['schema'];
  const wrapped = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  return { schema: wrapped && !('type' in value) ? inner : value };
}
