import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import type { SetupEdit, SetupPath } from '../../src/protocol/setup.ts';
import { isObject } from './reduceSetup.ts';

/** The variants as the file writes them: a name, or a mapping. */
export function variantsOf(value: JsonObject): readonly JsonValue[] {
  const { variants } = value;
  return Array.isArray(variants) ? variants : [];
}

export const variantMap = (variant: JsonValue | undefined): JsonObject =>
  isObject(variant) ? variant : typeof variant === 'string' ? { prompt: variant } : {};

/** Changes one part of a variant; one that is a bare name becomes a mapping first. */
export function variantEdits(value: JsonObject, index: number, edit: SetupEdit): readonly SetupEdit[] {
  const variant = variantsOf(value)[index];
  if (isObject(variant)) return [edit];
  if (edit.type === 'remove') return [];
  return [{ type: 'set', path: ['variants', index], value: variantMap(variant) }, edit];
}

/** A copy after it, under a label of its own. */
export function duplicateVariant(value: JsonObject, index: number): SetupEdit {
  const variants = variantsOf(value);
  const original = variantMap(variants[index]);
  const taken = variants.map((each) => variantMap(each)['label']);
  const base = typeof original['label'] === 'string' ? original['label'] : '';
  let label = base === '' ? 'copy' : `${base} copy`;
  for (let count = 2; taken.includes(label); count++)
    label = `${base === '' ? 'copy' : `${base} copy`} ${count}`;
  const list = [...variants.slice(0, index + 1), { ...original, label }, ...variants.slice(index + 1)];
  return { type: 'set', path: ['variants'], value: list };
}

/** Changes places with its neighbour. */
export function moveItem(path: SetupPath, list: readonly JsonValue[], index: number, by: -1 | 1): SetupEdit {
  const moved = [...list];
  const [item] = moved.splice(index, 1);
  if (item !== undefined) moved.splice(index + by, 0, item);
  return { type: 'set', path, value: moved };
}
