import type { JsonObject, JsonValue } from '../domain/json.ts';

/** `with: {modelId}`; `model` is understood too. null: the judge model of the settings. */
export function readModelId(settings: JsonObject): string | null {
  const value = settings['modelId'] ?? settings['model'];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A text, or a list of texts as bullet points. */
export function readText(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.map((item) => `- ${typeof item === 'string' ? item : JSON.stringify(item)}`).join('\n');
}

/** A rubric: a text, a list of five descriptions (for 1 to 5), or a mapping of 1..5 to descriptions. */
export function readLines(value: JsonValue | undefined): string | string[] | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return String(value);
  const items = Array.isArray(value) ? value : ['1', '2', '3', '4', '5'].flatMap((key) => value[key] ?? []);
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
