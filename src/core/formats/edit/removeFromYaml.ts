import { isNode } from 'yaml';
import type { Pair, YAMLSeq } from 'yaml';
import type { Splice } from './splice.ts';
import { isEmpty } from './textPlaces.ts';
import type { TextPlaces } from './textPlaces.ts';

/** Takes one entry out of a block mapping, with its lines. */
export function removePair(pairs: readonly Pair[], index: number, places: TextPlaces): Splice {
  const pair = pairs[index] as Pair;
  const start = places.start(pair.key);
  const line = places.lineStart(start);
  const next = pairs[index + 1];
  if (next !== undefined && places.text.slice(line, start).trim() !== '') {
    return { start, end: places.start(next.key), newText: '' };
  }
  return { start: line, end: places.nextLine(places.endOfPair(pair)), newText: '' };
}

/** Takes `count` items out of a block list, with their lines. */
export function removeItems(list: YAMLSeq, at: number, count: number, places: TextPlaces): Splice {
  const start = places.dash(list, at);
  const line = places.lineStart(start);
  if (places.text.slice(line, start).trim() !== '' && at + count < list.items.length) {
    return { start, end: places.dash(list, at + count), newText: '' };
  }
  const last = list.items[at + count - 1];
  const end = isNode(last) && !isEmpty(last) ? places.end(last) : places.dash(list, at + count - 1) + 1;
  return { start: line, end: places.nextLine(end), newText: '' };
}
