import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Alias, Node, YAMLMap } from 'yaml';

/** Offsets into the text; `key` is absent for list items and the root. */
export interface NodePlace {
  readonly node: Node | null;
  readonly key?: { readonly start: number; readonly end: number };
  readonly value: { readonly start: number; readonly end: number };
}

export type Path = readonly (string | number)[];

/** The node at a path, or its nearest ancestor. Follows aliases and merged mappings. */
export function findPlace(
  root: Node | null,
  path: Path,
  aliases: ReadonlyMap<Alias, Node>,
): NodePlace & { readonly found: boolean } {
  let place: NodePlace = placeOf(root);
  for (const step of path) {
    const next = stepInto(place.node, step, aliases, 0);
    if (next === null) return { ...place, found: false };
    place = next;
  }
  return { ...place, found: true };
}

function placeOf(node: Node | null, key?: NodePlace['key']): NodePlace {
  const start = node?.range?.[0] ?? key?.end ?? 0;
  const value = { start, end: node?.range?.[1] ?? start };
  return { node, value, ...(key !== undefined && { key }) };
}

function stepInto(
  node: Node | null,
  step: string | number,
  aliases: ReadonlyMap<Alias, Node>,
  depth: number,
): NodePlace | null {
  const target = isAlias(node) ? aliases.get(node) : node;
  if (depth > 20 || target === undefined) return null;
  if (isSeq(target)) {
    const item = target.items[Number(step)];
    return isNode(item) ? placeOf(item) : null;
  }
  return isMap(target) ? entryOf(target, String(step), aliases, depth) : null;
}

function entryOf(
  map: YAMLMap,
  name: string,
  aliases: ReadonlyMap<Alias, Node>,
  depth: number,
): NodePlace | null {
  for (const { key, value } of map.items) {
    if (!isScalar(key) || (key.source ?? String(key.value)) !== name) continue;
    const at = { start: key.range?.[0] ?? 0, end: key.range?.[1] ?? 0 };
    return placeOf(isNode(value) ? value : null, at);
  }
  for (const { key, value } of map.items) {
    if (!isScalar(key) || key.source !== '<<' || !isNode(value)) continue;
    const merged = isSeq(value) ? value.items : [value];
    for (const each of merged) {
      const found = isNode(each) ? stepInto(each, name, aliases, depth + 1) : null;
      if (found !== null) return found;
    }
  }
  return null;
}
