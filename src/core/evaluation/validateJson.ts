import { format, validate, type SchemaDraft } from '@cfworker/json-schema';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { makeSafeSchema } from './safeSchema.ts';
import { surveyInstance } from './surveyInstance.ts';

export type Validation =
  { readonly status: 'valid' } | { readonly status: 'invalid' | 'impossible'; readonly reason: string };

/** `uniqueItems` compares every pair. */
const maxUniqueItems = 5_000;

/**
 * Validates by JSON Schema, draft 2020-12 unless `$schema` names an older one. Interprets the schema (no generated
 * code) and fetches nothing; its patterns run on the linear-time engine.
 */
export async function validateJson(value: JsonValue, schema: JsonObject | boolean): Promise<Validation> {
  const formats: string[] = [];
  try {
    const survey = surveyInstance(value);
    const safe = await makeSafeSchema(schema, survey.propertyNames, (name, test) => {
      formats.push(name);
      formatTable[name] = test;
    });
    if (typeof safe === 'string') return { status: 'impossible', reason: safe };
    if (safe.usesUniqueItems && survey.longestArray > maxUniqueItems) {
      const reason = `\`uniqueItems\` is not checked for arrays of more than ${maxUniqueItems} items.`;
      return { status: 'impossible', reason };
    }
    const result = validate(survey.instance, safe.schema, draftOf(schema));
    if (result.valid) return { status: 'valid' };
    return { status: 'invalid', reason: describe(result.errors) };
  } catch (error) {
    const tooDeep = error instanceof RangeError;
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const reason = tooDeep
      ? 'The output or the schema is nested too deeply to be checked.'
      : `The schema cannot be used: ${detail}`;
    return { status: 'impossible', reason };
  } finally {
    for (const name of formats) Reflect.deleteProperty(formatTable, name);
  }
}

/** The validator looks a string's format up in here: the one place where it takes a check of ours. */
const formatTable: Record<string, (text: string) => boolean> = format;

function draftOf(schema: JsonObject | boolean): SchemaDraft {
  const uri = typeof schema === 'object' ? schema['$schema'] : undefined;
  if (typeof uri !== 'string') return '2020-12';
  if (uri.includes('draft-04')) return '4';
  if (/draft-0[67]/.test(uri)) return '7';
  return uri.includes('2019-09') ? '2019-09' : '2020-12';
}

function describe(errors: readonly { instanceLocation: string; error: string }[]): string {
  // The last error is the innermost: the place itself, not the objects around it.
  const innermost = errors.at(-1);
  if (innermost === undefined) return 'The output does not fit the schema.';
  const place = innermost.instanceLocation.replace(/^#/, '');
  const text = innermost.error.replace(/"promptly-pattern:\d+:(.*)"\.$/s, 'or pattern "$1".');
  return `The output does not fit the schema${place === '' ? '' : ` at ${place.slice(0, 200)}`}: ${text.slice(0, 300)}`;
}
