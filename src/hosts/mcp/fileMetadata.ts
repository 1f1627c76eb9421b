import * as z from 'zod/v4';
import type { JsonObject, JsonValue } from '../../core/domain/json.ts';

export const metadataArgument = z
  .record(z.string(), z.unknown())
  .optional()
  .describe('Further keys of the file: description, tags, backend, model, modelParameters.');

const kept = ['description', 'tags', 'backend', 'model', 'modelParameters'];

/** What of the metadata a prompt file has a place for, and a note on the rest. */
export function fileMetadata(metadata: Readonly<Record<string, unknown>> | undefined): {
  readonly values: JsonObject;
  readonly notes: readonly string[];
} {
  const entries = Object.entries(metadata ?? {});
  // It came from JSON, so it is JSON.
  const values = Object.fromEntries(entries.filter(([key]) => kept.includes(key))) as Record<
    string,
    JsonValue
  >;
  const left = entries.map(([key]) => key).filter((key) => !kept.includes(key));
  if (typeof values['tags'] === 'string') values['tags'] = values['tags'].split(',').map((tag) => tag.trim());
  if (left.length === 0) return { values, notes: [] };
  return {
    values,
    notes: [`Not kept, as prompt files have no place for it: ${left.join(', ')}. Kept: ${kept.join(', ')}.`],
  };
}
