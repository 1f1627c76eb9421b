import * as z from 'zod/mini';
import type { JsonObject } from '../../domain/json.ts';
import type { SchemaNode } from './fields.ts';

/** Type and bounds of a plain value, as JSON Schema says them. */
export function rangeOf(node: SchemaNode): JsonObject {
  const schema = z.toJSONSchema(node as z.ZodMiniType, { target: 'draft-7', unrepresentable: 'any' });
  const result = JSON.parse(JSON.stringify(schema)) as JsonObject;
  const { minimum, maximum } = result;
  delete result['$schema'];
  // A whole number is also bounded by what a double holds exactly: true, and of no use to a reader.
  if (Math.abs(Number(minimum ?? 0)) >= Number.MAX_SAFE_INTEGER) delete result['minimum'];
  if (Math.abs(Number(maximum ?? 0)) >= Number.MAX_SAFE_INTEGER) delete result['maximum'];
  return result;
}
