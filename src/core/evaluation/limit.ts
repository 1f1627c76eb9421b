import type { JsonObject } from '../domain/json.ts';
import { graded, withoutScore, type Finding } from './evaluator.ts';

/** 1 up to the limit, then limit / actual. */
export function scoreAgainstLimit(actual: number, settings: JsonObject, name: string, unit: string): Finding {
  const limit = settings[name];
  if (typeof limit !== 'number' || !(limit >= 0)) {
    return withoutScore(`The evaluator needs \`with: {${name}: <a number of 0 or more>}\`.`);
  }
  const reason = `${String(actual)} ${unit}, limit ${String(limit)}`;
  return graded(actual <= limit ? 1 : limit / actual, reason);
}
