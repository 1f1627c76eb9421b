import type { JsonObject, JsonValue } from '../domain/json.ts';
import { schemaProblem } from './schemaProblem.ts';

export interface SafeSchema {
  readonly schema: JsonObject | boolean;
  readonly usesUniqueItems: boolean;
}

type AddFormat = (name: string, test: (text: string) => boolean) => void;

/** Formats whose checks take time linear in the text. */
const safeFormats = new Set(
  'date time date-time duration uri uri-reference email hostname ipv4 ipv6 uuid json-pointer relative-json-pointer regex'.split(
    ' ',
  ),
);
const arraysOfSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);
const mapsOfSchemas = new Set([
  'properties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
  'patternProperties',
]);
const dataKeywords = new Set(['const', 'enum', 'default', 'examples', 'required', 'dependentRequired']);

/**
 * The same schema without native regular expressions, which an output could hang: `pattern` becomes a format of ours,
 * and `patternProperties` lists those of the instance's property names that match. Returns what is wrong as text.
 */
export async function makeSafeSchema(
  schema: JsonObject | boolean,
  propertyNames: ReadonlySet<string>,
  addFormat: AddFormat,
): Promise<SafeSchema | string> {
  const wrong = schemaProblem(schema);
  if (wrong !== null) return wrong;
  const { compilePattern } = await import('./compilePattern.ts');
  let usesUniqueItems = false;
  const problems: string[] = [];
  const compile = (source: string): ((text: string) => boolean) => {
    const pattern = compilePattern(source);
    if (typeof pattern !== 'string') return (text) => pattern.test(text);
    problems.push(`The schema's pattern "${source.slice(0, 100)}" cannot be used: ${pattern}.`);
    return () => false;
  };
  let patterns = 0;

  const rewritePattern = (pattern: string): JsonObject => {
    const test = compile(pattern);
    const name = `promptly-pattern:${++patterns}:${pattern}`;
    addFormat(name, test);
    return { format: name };
  };
  const rewritePatternProperties = (map: JsonObject): JsonObject => {
    const byName = new Map<string, JsonValue[]>();
    for (const [pattern, inner] of Object.entries(map)) {
      const test = compile(pattern);
      const safe = rewrite(inner);
      for (const name of propertyNames) {
        if (test(name)) byName.set(name, [...(byName.get(name) ?? []), safe]);
      }
    }
    return Object.fromEntries([...byName].map(([name, all]) => [`^${escapeLiteral(name)}$`, { allOf: all }]));
  };
  const rewriteKeyword = (key: string, value: JsonValue): JsonValue => {
    if (dataKeywords.has(key)) return value;
    if (key === 'patternProperties' && isObject(value)) return rewritePatternProperties(value);
    if (mapsOfSchemas.has(key) && isObject(value)) return mapValues(value, rewrite);
    if (arraysOfSchemas.has(key) && Array.isArray(value)) return value.map(rewrite);
    return rewrite(value);
  };
  const rewrite = (value: JsonValue): JsonValue => {
    if (!isObject(value)) return value;
    if (value['uniqueItems'] === true) usesUniqueItems = true;
    const { pattern, format, multipleOf, ...rest } = value;
    const safe = Object.create(null) as JsonObject;
    for (const [key, inner] of Object.entries(rest)) safe[key] = rewriteKeyword(key, inner);
    if (typeof format === 'string' && safeFormats.has(format)) safe['format'] = format;
    const parts = Array.isArray(safe['allOf']) ? [...safe['allOf']] : [];
    if (typeof pattern === 'string') parts.push(rewritePattern(pattern));
    if (typeof multipleOf === 'number') parts.push(rewriteMultipleOf(multipleOf));
    if (parts.length > 0) safe['allOf'] = parts;
    return safe;
  };

  const safe = rewrite(schema) as JsonObject | boolean;
  return problems[0] ?? { schema: safe, usesUniqueItems };
}

/** The validator measures what is left over from one side only: below 0 the step must be below 0 too. */
const rewriteMultipleOf = (step: number): JsonObject => ({
  if: { maximum: 0 },
  then: { multipleOf: -step },
  else: { multipleOf: step },
});

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapValues(map: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  const result = Object.create(null) as JsonObject;
  for (const [key, value] of Object.entries(map)) result[key] = change(value);
  return result;
}

/** Exact for any text in a `u` pattern, where only syntax characters may be escaped. */
function escapeLiteral(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&').replace(/\p{Surrogate}/gu, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
