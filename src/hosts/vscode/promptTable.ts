import type { FileHeader } from '../../core/domain/parsedFile.ts';

export interface TableEntry<T> {
  readonly key: string;
  readonly header: FileHeader;
  readonly place: T;
}

/** Headers by file and by name. Pure: knows neither editor nor disk. */
export class PromptTable<T> {
  private readonly byKey = new Map<string, TableEntry<T>>();
  private readonly byName = new Map<string, Set<string>>();
  private sorted: readonly TableEntry<T>[] | undefined;

  /** True when something a reader of the table could see has changed. */
  set(key: string, header: FileHeader, place: T): boolean {
    const before = this.byKey.get(key);
    if (before !== undefined && sameHeader(before.header, header)) return false;
    if (before !== undefined) this.forgetName(before);
    this.byKey.set(key, { key, header, place });
    const keys = this.byName.get(header.name) ?? new Set<string>();
    this.byName.set(header.name, keys.add(key));
    this.sorted = undefined;
    return true;
  }

  delete(key: string): boolean {
    const entry = this.byKey.get(key);
    if (entry === undefined) return false;
    this.forgetName(entry);
    this.sorted = undefined;
    return this.byKey.delete(key);
  }

  get(key: string): TableEntry<T> | undefined {
    return this.byKey.get(key);
  }

  /** All files of that name; more than one is the user's error, shown on each. */
  named(name: string): readonly TableEntry<T>[] {
    return [...(this.byName.get(name) ?? [])].flatMap((key) => this.byKey.get(key) ?? []);
  }

  duplicates(): readonly (readonly TableEntry<T>[])[] {
    return [...this.byName].filter(([, keys]) => keys.size > 1).map(([name]) => this.named(name));
  }

  keys(): Iterable<string> {
    return this.byKey.keys();
  }

  /** By name, then by file. */
  all(): readonly TableEntry<T>[] {
    this.sorted ??= [...this.byKey.values()].sort(
      (a, b) => compare(a.header.name, b.header.name) || compare(a.key, b.key),
    );
    return this.sorted;
  }

  private forgetName(entry: TableEntry<T>): void {
    const keys = this.byName.get(entry.header.name);
    keys?.delete(entry.key);
    if (keys?.size === 0) this.byName.delete(entry.header.name);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sameHeader(a: FileHeader, b: FileHeader): boolean {
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.description === b.description &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  );
}
