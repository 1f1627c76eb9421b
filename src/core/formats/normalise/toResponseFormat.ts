import type { ResponseFormat } from '../../domain/chat.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { RawPrompt } from '../schema/fileSchemas.ts';
import type { ReadingContext } from './context.ts';

/** `jsonSchema` is a string of JSON or a mapping; either holds the schema itself, or `{name, schema, strict?}`. */
export function toResponseFormat(
  raw: Pick<RawPrompt, 'responseFormat' | 'jsonSchema'>,
  context: ReadingContext,
): ResponseFormat {
  const { responseFormat, jsonSchema } = raw;
  const schema = jsonSchema === undefined ? null : toJsonSchema(jsonSchema as string | JsonObject, context);
  if (responseFormat === 'json_schema' && jsonSchema === undefined) {
    const message = '`responseFormat: json_schema` needs `jsonSchema`. Add it, or write `json_object`.';
    context.refuse({ code: 'missing-key', message, path: ['responseFormat'] });
  }
  if (schema !== null && (responseFormat === undefined || responseFormat === 'json_schema')) {
    return { type: 'json_schema', ...schema };
  }
  if (jsonSchema !== undefined && (responseFormat === 'text' || responseFormat === 'json_object')) {
    const message = `\`jsonSchema\` has no effect with \`responseFormat: ${responseFormat}\`. Write \`json_schema\` there.`;
    context.note({ code: 'no-effect', severity: 'warning', message, path: ['jsonSchema'], part: 'key' });
  }
  return { type: responseFormat === 'json_object' ? 'json_object' : 'text' };
}

function toJsonSchema(
  written: string | JsonObject,
  context: ReadingContext,
): { name: string; schema: JsonObject; strict?: boolean } | null {
  const value = typeof written === 'string' ? parseJson(written, context) : written;
  if (value === null) return null;
  const { name, schema, strict } = value;
  const isWrapped = isObject(schema) && !('type' in value) && !('properties' in value);
  const given = typeof name === 'string' && isWrapped ? name : context.baseName;
  return {
    // What OpenAI and its kin take as a name.
    name: given.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, 64) || 'answer',
    schema: isWrapped ? schema : value,
    ...(isWrapped && typeof strict === 'boolean' && { strict }),
  };
}

function parseJson(text: string, context: ReadingContext): JsonObject | null {
  let problem = 'it is no JSON object';
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isObject(value)) return value;
  } catch (error) {
    problem = error instanceof Error ? error.message.replace(/,? ?"?\.\.\..*$/s, '') : problem;
  }
  const message = `\`jsonSchema\` is not valid JSON: ${problem}. Mend it, or write the schema as a mapping.`;
  context.refuse({ code: 'invalid-json', message, path: ['jsonSchema'], part: 'key' });
  return null;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
