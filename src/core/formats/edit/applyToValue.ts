import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Path } from '../yaml/locate.ts';
import type { PromptEdit } from './promptEdit.ts';

/** The value with the edit made, or why that cannot be. The value given stays as it is. */
export function applyToValue(value: JsonValue, edit: PromptEdit): { value: JsonValue } | { problem: Path } {
  return change(value, edit.path, 0, (old) => {
    if (edit.type === 'set') return { value: edit.value };
    if (edit.type === 'remove') return { value: undefined };
    if (old !== undefined && old !== null && !Array.isArray(old)) return { problem: edit.path };
    return { value: [...(old ?? []), ...edit.values] };
  }) as { value: JsonValue } | { problem: Path };
}

type Changed = { readonly value: JsonValue | undefined } | { readonly problem: Path };

function change(
  old: JsonValue | undefined,
  path: Path,
  depth: number,
  at: (old: JsonValue | undefined) => Changed,
): Changed {
  const step = path[depth];
  if (step === undefined) return at(old);
  const isEmpty = old === undefined || old === null;
  if (typeof step === 'number' ? !isEmpty && !Array.isArray(old) : !isEmpty && !isObject(old)) {
    return { problem: path.slice(0, depth) };
  }
  if (typeof step === 'number') {
    const list: JsonValue[] = Array.isArray(old) ? [...old] : [];
    if (step > list.length || step < 0) return { problem: path.slice(0, depth + 1) };
    const inner = change(list[step], path, depth + 1, at);
    if ('problem' in inner) return inner;
    if (inner.value !== undefined) list[step] = inner.value;
    else if (step < list.length) list.splice(step, 1);
    return { value: isEmpty && inner.value === undefined ? old : list };
  }
  const map: JsonObject = isObject(old) ? { ...old } : {};
  const inner = change(Object.hasOwn(map, step) ? map[step] : undefined, path, depth + 1, at);
  if ('problem' in inner) return inner;
  if (inner.value === undefined) {
    return { value: isEmpty ? old : Object.fromEntries(Object.entries(map).filter(([key]) => key !== step)) };
  }
  return { value: { ...map, [step]: inner.value } };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
