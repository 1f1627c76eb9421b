import { isCollection, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Path } from '../yaml/locate.ts';
import { removeItems, removePair } from './removeFromYaml.ts';
import { sameValue } from './sameValue.ts';
import type { Splice } from './splice.ts';
import { isEmpty } from './textPlaces.ts';
import type { TextPlaces } from './textPlaces.ts';
import { renderAfter, renderInFlow, toLines } from './yamlStyle.ts';
import type { YamlStyle } from './yamlStyle.ts';

export interface Surroundings {
  readonly places: TextPlaces;
  readonly style: YamlStyle;
  /** The usual order of the keys of the mapping at a path. */
  readonly orderOf: (path: Path) => readonly string[];
}

/** Where a value stands: after a key, after a dash, or between brackets. */
interface Place {
  readonly node: Node | null;
  readonly path: Path;
  readonly after: 'key' | 'dash' | 'bracket';
  /** After the colon or the dash. */
  readonly from: number;
  /** Column of the key or the dash. */
  readonly column: number;
}

/** The first change that leads from the one value to the other; null when there is none. */
export function nextSplice(
  root: YAMLMap,
  old: JsonObject,
  wished: JsonObject,
  around: Surroundings,
): Splice | null {
  return root.flow === true
    ? changeFlowMap(root, old, wished, [], around)
    : changeMap(root, old, wished, null, [], around);
}

function change(place: Place, old: JsonValue, wished: JsonValue, around: Surroundings): Splice | null {
  if (sameValue(old, wished)) return null;
  const { node, path } = place;
  if (isObject(old) && isObject(wished) && isMap(node) && node.items.length > 0 && hasSome(wished)) {
    return node.flow === true
      ? changeFlowMap(node, old, wished, path, around)
      : changeMap(node, old, wished, place, path, around);
  }
  if (
    Array.isArray(old) &&
    Array.isArray(wished) &&
    isSeq(node) &&
    node.items.length > 0 &&
    hasSome(wished)
  ) {
    return changeList(node, old, wished, path, around);
  }
  return replaceValue(place, wished, around);
}

function changeMap(
  map: YAMLMap,
  old: JsonObject,
  wished: JsonObject,
  place: Place | null,
  path: Path,
  around: Surroundings,
): Splice | null {
  const { places, style } = around;
  const pairs = pairsOf(map);
  for (const [index, pair] of pairs.entries()) {
    const name = nameOf(pair);
    if (name === null || !Object.hasOwn(old, name)) continue;
    if (!Object.hasOwn(wished, name)) {
      if (pairs.length > 1) return removePair(pairs, index, places);
      return place === null ? null : replaceValue(place, wished, around);
    }
    const splice = change(placeOfPair(pair, path, places), old[name] ?? null, wished[name] ?? null, around);
    if (splice !== null) return splice;
  }
  const own = pairs.map(nameOf);
  for (const [name, value] of Object.entries(wished)) {
    // A key merged in by `<<` is no own one: written out, it counts before the merged one.
    if (own.includes(name) || (Object.hasOwn(old, name) && sameValue(old[name], value))) continue;
    const before = predecessor(own, around.orderOf(path), name);
    const column = places.column(places.start(pairs[0]?.key));
    const lines = toLines({ [name]: value }, style);
    const isInList = place?.after === 'dash';
    return before === -1 && !isInList
      ? insertBefore(places.start(pairs[0]?.key), lines, column, around)
      : insertAfter(places.endOfPair(pairs[before] ?? (pairs.at(-1) as Pair)), lines, column, around);
  }
  return null;
}

function changeList(
  list: YAMLSeq,
  old: readonly JsonValue[],
  wished: readonly JsonValue[],
  path: Path,
  around: Surroundings,
): Splice | null {
  const { places, style } = around;
  let same = 0;
  while (same < old.length && same < wished.length && sameValue(old[same], wished[same])) same++;
  let tail = 0;
  while (
    tail < old.length - same &&
    tail < wished.length - same &&
    sameValue(old[old.length - 1 - tail], wished[wished.length - 1 - tail])
  )
    tail++;
  if (old.length - tail > same && wished.length - tail > same) {
    return change(placeOfItem(list, same, path, places), old[same] ?? null, wished[same] ?? null, around);
  }
  if (list.flow === true)
    return changeFlowList(list, same, wished.slice(same, wished.length - tail), wished, places);
  if (wished.length === old.length) return null;
  if (wished.length < old.length) return removeItems(list, same, old.length - wished.length, places);
  const lines = toLines(wished.slice(same, wished.length - tail), style);
  const column = places.column(places.start(list));
  const last = list.items[same - 1];
  if (same === 0) return insertBefore(places.dash(list, 0), lines, column, around);
  const end = isNode(last) && !isEmpty(last) ? places.end(last) : places.dash(list, same - 1) + 1;
  return insertAfter(end, lines, column, around);
}

function changeFlowMap(
  map: YAMLMap,
  old: JsonObject,
  wished: JsonObject,
  path: Path,
  { places, ...rest }: Surroundings,
): Splice | null {
  const pairs = pairsOf(map);
  for (const pair of pairs) {
    const name = nameOf(pair);
    if (name === null || !Object.hasOwn(wished, name)) return wholeFlow(map, wished);
    const place = { ...placeOfPair(pair, path, places), after: 'bracket' as const };
    const splice = change(place, old[name] ?? null, wished[name] ?? null, { places, ...rest });
    if (splice !== null) return splice;
  }
  const own = pairs.map(nameOf);
  const added = Object.entries(wished).filter(([name]) => !own.includes(name) && !Object.hasOwn(old, name));
  const last = pairs.at(-1);
  if (added.length === 0 || last === undefined) return added.length === 0 ? null : wholeFlow(map, wished);
  const at =
    isNode(last.value) && !isEmpty(last.value) ? places.end(last.value) : (range(last.key)?.[1] ?? 0);
  const newText = added.map(([name, value]) => `, ${renderInFlow(name)}: ${renderInFlow(value)}`).join('');
  return { start: at, end: at, newText };
}

function changeFlowList(
  list: YAMLSeq,
  at: number,
  added: readonly JsonValue[],
  wished: readonly JsonValue[],
  places: TextPlaces,
): Splice {
  const [before, next] = [list.items[at - 1], list.items[at]];
  const texts = added.map(renderInFlow);
  if (added.length > 0 && isNode(before)) {
    const end = places.end(before);
    return { start: end, end, newText: texts.map((text) => `, ${text}`).join('') };
  }
  if (added.length > 0 && isNode(next)) {
    const start = places.start(next);
    return { start, end: start, newText: texts.map((text) => `${text}, `).join('') };
  }
  return wholeFlow(list, [...wished]);
}

const wholeFlow = (node: Node, value: JsonValue): Splice => ({
  start: range(node)?.[0] ?? 0,
  end: range(node)?.[1] ?? 0,
  newText: renderInFlow(value),
});

/** Something of another shape: the old text goes, comments on the line of its key stay. */
function replaceValue(place: Place, wished: JsonValue, { places, style }: Surroundings): Splice {
  const { node, after, from, column } = place;
  const { text } = places;
  if (after === 'bracket') {
    if (node !== null && !isEmpty(node)) return { ...wholeFlow(node, wished), newText: renderInFlow(wished) };
    return { start: from, end: from, newText: ` ${renderInFlow(wished)}` };
  }
  const like = isScalar(node) && !isEmpty(node) && isScalarType(node.type) ? node.type : undefined;
  const { head, body } = renderAfter(after, wished, column, style, like);
  const finish = (start: number, before: string, oldEnd: number, rest: string): Splice => ({
    start,
    end: places.lineEnd(oldEnd),
    newText: [before + rest, ...body].join(style.lineEnd),
  });
  const spaced = head === '' ? '' : ` ${head}`;
  if (node === null || isEmpty(node)) {
    return finish(from, spaced, from, text.slice(from, places.lineEnd(from)));
  }
  const start = places.start(node);
  const end = places.end(node);
  if (isCollection(node) && node.flow !== true && start > places.lineEnd(from)) {
    return finish(from, spaced, end, text.slice(from, places.lineEnd(from)));
  }
  const header = /^[|>][\d+-]*([ \t]+#[^\r\n]*)?/.exec(text.slice(start, end));
  const isBlock = like === 'BLOCK_LITERAL' || like === 'BLOCK_FOLDED';
  const rest = isBlock ? (header?.[1] ?? '') : text.slice(end, places.lineEnd(end));
  // An anchor or a tag between key and value keeps its place.
  const between = text.slice(from, start).trimEnd();
  return finish(from, between + spaced, end, rest);
}

const isScalarType = (type: string | undefined): type is NonNullable<Parameters<typeof renderAfter>[4]> =>
  type !== undefined;

function insertAfter(offset: number, lines: readonly string[], column: number, around: Surroundings): Splice {
  const at = around.places.lineEnd(offset);
  const { lineEnd } = around.style;
  return { start: at, end: at, newText: lineEnd + indented(lines, column).join(lineEnd) };
}

/** Before the item or key at `offset`, on lines of their own. */
function insertBefore(
  offset: number,
  lines: readonly string[],
  column: number,
  around: Surroundings,
): Splice {
  const [first = '', ...rest] = lines;
  const { lineEnd } = around.style;
  const newText = [first, ...indented(rest, column)].join(lineEnd) + lineEnd + ' '.repeat(column);
  return { start: offset, end: offset, newText };
}

const indented = (lines: readonly string[], column: number): string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line));

/** Index of the key after which a new one belongs: -1 before all, the last one where its place is unknown. */
function predecessor(own: readonly (string | null)[], order: readonly string[], name: string): number {
  const rank = order.indexOf(name);
  if (rank < 0) return own.length - 1;
  let best = -1;
  let bestRank = -1;
  own.forEach((each, index) => {
    const other = each === null ? -1 : order.indexOf(each);
    if (other > bestRank && other < rank) [best, bestRank] = [index, other];
  });
  return best;
}

const placeOfPair = (pair: Pair, path: Path, places: TextPlaces): Place => ({
  node: isNode(pair.value) ? pair.value : null,
  path: [...path, nameOf(pair) ?? ''],
  after: 'key',
  from: places.afterColon(pair.key),
  column: places.column(places.start(pair.key)),
});

function placeOfItem(list: YAMLSeq, index: number, path: Path, places: TextPlaces): Place {
  const item = list.items[index];
  const node = isNode(item) ? item : null;
  const at = [...path, index];
  if (list.flow === true) return { node, path: at, after: 'bracket', from: places.start(node), column: 0 };
  const dash = places.dash(list, index);
  return { node, path: at, after: 'dash', from: dash + 1, column: places.column(dash) };
}

const pairsOf = (map: YAMLMap): Pair[] => map.items;
const nameOf = ({ key }: Pair): string | null => (isScalar(key) ? (key.source ?? String(key.value)) : null);
const range = (node: unknown) => (isNode(node) ? node.range : null);
const hasSome = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;
const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
