import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { editPromptFile, type EditedPromptFile } from '../edit/editPromptFile.ts';
import type { PromptEdit } from '../edit/promptEdit.ts';
import { readYaml } from '../yaml/readYaml.ts';
import { rebasePath } from './rebasePath.ts';

/**
 * What makes a prompt answer as it does, by kind. Names, descriptions, tags, test data and evaluators belong to the file
 * they stand in and stay.
 */
const carried: Readonly<Record<string, readonly string[]>> = {
  prompt: ['backend', 'model', 'modelParameters', 'messages', 'variables', 'responseFormat', 'jsonSchema'],
  skill: [
    ...['backend', 'model', 'modelParameters', 'instructions', 'files', 'messages'],
    ...['variables', 'responseFormat', 'jsonSchema'],
  ],
  chain: ['backend', 'model', 'modelParameters', 'steps'],
};

/** Two spellings of the same keys' parents: relative to the workspace, with `/`. */
export interface PromotionPlaces {
  /** The file whose text wins. */
  readonly from: string;
  /** The file it is written into. */
  readonly to: string;
}

/**
 * Writes the winning prompt file's text, model and parameters into another (or an older state of the same) file.
 * Everything that says the same already stays as it is written; relative paths are turned to the new place.
 */
export function promoteInto(target: string, winner: string, places: PromotionPlaces): EditedPromptFile {
  const [now, wanted] = [target, winner].map((text) => asObject(readYaml(text).value));
  const kind = kindOf(now);
  if (kind !== kindOf(wanted)) {
    const message = `A ${kindOf(wanted)} cannot be written into a ${kind}.`;
    return {
      status: 'refused',
      diagnostics: [
        { code: 'other-kind', severity: 'error', message, range: readYaml(target).locate(['kind']) },
      ],
    };
  }
  const wishes = (carried[kind] ?? []).map((key): PromptEdit => {
    const value = wanted?.[key];
    return value === undefined
      ? { type: 'remove', path: [key] }
      : { type: 'set', path: [key], value: rebased(key, value, places) };
  });
  return editPromptFile(target, wishes);
}

const kindOf = (value: JsonObject | null | undefined): string => {
  const kind = value?.['kind'];
  return typeof kind === 'string' && kind in carried ? kind : 'prompt';
};

/** The paths in the value, as seen from the new place. */
function rebased(key: string, value: JsonValue, { from, to }: PromotionPlaces): JsonValue {
  const turn = (path: JsonValue): JsonValue => (typeof path === 'string' ? rebasePath(path, from, to) : path);
  if (key === 'files' && Array.isArray(value)) return value.map(turn);
  if (key === 'variables') return mapParts(value, (spec) => withKey(spec, 'file', turn));
  // A step names its prompt by name or by path.
  if (key === 'steps' && Array.isArray(value)) {
    const isPath = (use: JsonValue): boolean => typeof use === 'string' && /\.ya?ml$/i.test(use);
    return value.map((step) => withKey(step, 'use', (use) => (isPath(use) ? turn(use) : use)));
  }
  return value;
}

function mapParts(value: JsonValue, change: (part: JsonValue) => JsonValue): JsonValue {
  const map = asObject(value);
  if (map === null) return value;
  return Object.fromEntries(Object.entries(map).map(([name, part]) => [name, change(part)]));
}

function withKey(value: JsonValue, key: string, change: (part: JsonValue) => JsonValue): JsonValue {
  const map = asObject(value);
  const part = map?.[key];
  return map === null || part === undefined ? value : { ...map, [key]: change(part) };
}

const asObject = (value: JsonValue): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
