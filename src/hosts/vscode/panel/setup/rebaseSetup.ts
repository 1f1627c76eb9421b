import path from 'node:path';
import type { JsonObject, JsonValue } from '../../../../core/domain/json.ts';
import { isPath } from '../../referenceAt.ts';

/** As prompt files write paths: from a dot, with slashes. */
export function relativeReference(file: string, folder: string): string {
  const relative = path.relative(folder, file).replaceAll('\\', '/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The same test, read from a file in another folder: every path in it leads where it led before. */
export function rebaseSetup(value: JsonObject, from: string, to: string): JsonObject {
  if (path.relative(from, to) === '') return value;
  const moved = (reference: JsonValue | undefined, isFile: boolean): JsonValue | undefined =>
    typeof reference === 'string' && (isFile || isPath(reference))
      ? relativeReference(path.resolve(from, reference), to)
      : reference;
  const isMap = (part: JsonValue | undefined): part is JsonObject =>
    typeof part === 'object' && part !== null && !Array.isArray(part);
  const within = (part: JsonValue, key: string): JsonValue => {
    if (!isMap(part)) return key === 'prompt' ? (moved(part, false) ?? part) : part;
    const own = part[key];
    const isScript = key !== 'uses' || (typeof own === 'string' && own.startsWith('.'));
    return own === undefined || !isScript ? part : { ...part, [key]: moved(own, key === 'uses') ?? own };
  };
  const { variants, evaluators, testDataFile } = value;
  return {
    ...value,
    ...(Array.isArray(variants) && { variants: variants.map((each) => within(each, 'prompt')) }),
    ...(Array.isArray(evaluators) && { evaluators: evaluators.map((each) => within(each, 'uses')) }),
    ...(typeof testDataFile === 'string' && { testDataFile: moved(testDataFile, true) ?? testDataFile }),
  };
}
