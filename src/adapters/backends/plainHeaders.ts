/** The clients are JavaScript, and may give numbers. */
type Value = string | number;
type Source = Iterable<readonly [string, Value]> | Readonly<Record<string, Value>>;

/** What a header line cannot carry. */
const forbidden = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * The headers of a request or an answer, as `fetch` has them: names in lower case, several values joined. The build puts
 * this in the place of the global `Headers`, which takes the whole of Node's `fetch` into memory on first use (20 ms, and
 * its megabytes): our requests go through `node:http`.
 */
export class PlainHeaders {
  readonly #values = new Map<string, string>();

  /** @throws TypeError for a value that no header can carry */
  constructor(source: Source = []) {
    for (const [name, value] of Symbol.iterator in source ? source : Object.entries(source)) {
      this.append(name, value);
    }
  }

  append(name: string, value: Value): void {
    const before = this.get(name);
    const text = checked(name, value);
    this.#values.set(name.toLowerCase(), before === null ? text : `${before}, ${text}`);
  }

  set(name: string, value: Value): void {
    this.#values.set(name.toLowerCase(), checked(name, value));
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  forEach(each: (value: string, name: string, headers: this) => void): void {
    for (const [name, value] of this) each(value, name, this);
  }

  keys(): IterableIterator<string> {
    return this.#sorted()
      .map(([name]) => name)
      .values();
  }

  values(): IterableIterator<string> {
    return this.#sorted()
      .map(([, value]) => value)
      .values();
  }

  entries(): IterableIterator<[string, string]> {
    return this.#sorted().values();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  #sorted(): [string, string][] {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** The value may be a key, so the message does not quote it. */
function checked(name: string, value: Value): string {
  const text = String(value).trim();
  if (forbidden.test(text)) throw new TypeError(`The value of the header ${name} cannot be sent.`);
  return text;
}

export { PlainHeaders as Headers };
