import type * as z from 'zod/mini';
import type { JsonValue } from '../../domain/json.ts';
import type { SchemaNode } from './fields.ts';

/** A schema node as its readers see it: wrappers removed, one of five forms. */
export type SchemaForm =
  | {
      readonly form: 'mapping';
      readonly keys: Readonly<Record<string, SchemaNode>>;
      readonly required: ReadonlySet<string>;
    }
  | { readonly form: 'map'; readonly value: SchemaNode }
  | { readonly form: 'list'; readonly item: SchemaNode }
  | { readonly form: 'either'; readonly options: readonly SchemaNode[] }
  | { readonly form: 'value'; readonly node: SchemaNode; readonly values: readonly JsonValue[] };

/** Without `optional` and `nullable` around it. */
export function unwrap(node: SchemaNode): SchemaNode {
  const { def } = (node as z.core.$ZodTypes)._zod;
  return def.type === 'optional' || def.type === 'nullable' ? unwrap(def.innerType) : node;
}

/** Whether a key with this value counts as left out when nothing stands after it. */
export function isNullable(node: SchemaNode): boolean {
  const { def } = (node as z.core.$ZodTypes)._zod;
  return def.type === 'nullable' || (def.type === 'optional' && isNullable(def.innerType));
}

const isOptional = (node: SchemaNode): boolean => (node as z.core.$ZodTypes)._zod.def.type === 'optional';

export function formOf(wrapped: SchemaNode): SchemaForm {
  const node = unwrap(wrapped);
  const { def } = (node as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const keys = def.shape as Readonly<Record<string, SchemaNode>>;
      const required = new Set(Object.keys(keys).filter((key) => !isOptional(keys[key] as SchemaNode)));
      return { form: 'mapping', keys, required };
    }
    case 'record':
      return { form: 'map', value: def.valueType };
    case 'array':
      return { form: 'list', item: def.element };
    case 'union':
      return { form: 'either', options: def.options };
    case 'enum':
      return { form: 'value', node, values: Object.values(def.entries) };
    case 'boolean':
      return { form: 'value', node, values: [true, false] };
    default:
      return { form: 'value', node, values: [] };
  }
}

/** Of an `either`, the schema that a value of this shape is meant for. */
export function optionFor(options: readonly SchemaNode[], value: unknown): SchemaNode | undefined {
  const shape = Array.isArray(value)
    ? ['list']
    : typeof value === 'object' && value !== null
      ? ['mapping', 'map']
      : ['value'];
  return options.find((option) => shape.includes(formOf(option).form)) ?? options[0];
}

/** The schema node at a path of keys and indexes; `value` helps to choose where there are several forms. */
export function nodeAt(
  root: SchemaNode,
  path: readonly (string | number)[],
  value?: unknown,
): SchemaNode | null {
  let node = root;
  let at: unknown = value;
  for (const step of path) {
    let form = formOf(node);
    if (form.form === 'either') {
      const wanted = typeof step === 'number' ? [] : {};
      form = formOf(optionFor(form.options, at ?? wanted) ?? node);
    }
    if (form.form === 'mapping') {
      const next = Object.hasOwn(form.keys, step) ? form.keys[step] : undefined;
      if (next === undefined) return null;
      node = next;
    } else if (form.form === 'map') node = form.value;
    else if (form.form === 'list') node = form.item;
    else return null;
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return node;
}
