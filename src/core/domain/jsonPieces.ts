/** Of an array at the top level; more of them at once would make one long text. */
const itemsAtOnce = 100;
const pieceLength = 256 * 1024;

/**
 * The text of a document, indented, with a line end after it: what `JSON.stringify(document, null, 2)` gives, in pieces of
 * some 100 kB. A report of many thousand cases is never in memory as one text, and its bytes beside it.
 */
export function* jsonPieces(document: unknown): Generator<string> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    yield `${JSON.stringify(document, null, 2)}\n`;
    return;
  }
  let text = '';
  let isFirst = true;
  for (const [key, value] of Object.entries(document)) {
    if (value === undefined) continue;
    text += isFirst ? '{\n' : ',\n';
    isFirst = false;
    for (const part of partsOf(key, value)) {
      text += part;
      if (text.length < pieceLength) continue;
      yield text;
      text = '';
    }
  }
  yield isFirst ? '{}\n' : `${text}\n}\n`;
}

function* partsOf(key: string, value: unknown): Generator<string> {
  const isLong = Array.isArray(value) && value.length > itemsAtOnce;
  if (!isLong) {
    yield entryText(key, value);
    return;
  }
  const opening = `  ${JSON.stringify(key)}: [\n`;
  const closing = '\n  ]';
  for (let start = 0; start < value.length; start += itemsAtOnce) {
    // Inside an object of its own, so that it comes out indented as in the whole.
    const items = entryText(key, value.slice(start, start + itemsAtOnce));
    yield `${start === 0 ? opening : ',\n'}${items.slice(opening.length, -closing.length)}`;
  }
  yield closing;
}

/** `  "key": …` as it stands in an object. */
const entryText = (key: string, value: unknown): string =>
  JSON.stringify({ [key]: value }, null, 2).slice(2, -2);
