import type { Diagnostic, Range, Severity } from '../../domain/diagnostic.ts';
import type { Path } from '../yaml/locate.ts';
import type { YamlTree } from '../yaml/readYaml.ts';

/** What the readers of a file's parts share. */
export interface ReadingContext {
  readonly tree: YamlTree;
  /** The file's base name, for what has no name of its own. */
  readonly baseName: string;
  /** Something about the file that leaves it usable. */
  note(finding: Finding): void;
  /** An error that makes the file unusable. */
  refuse(finding: Omit<Finding, 'severity'>): void;
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly range?: Range;
  /** The range replaced by this. */
  readonly fix?: { readonly title: string; readonly newText: string };
  readonly related?: NonNullable<Diagnostic['related']>;
}

export class FindingCollector implements ReadingContext {
  readonly diagnostics: Diagnostic[] = [];
  refused = false;
  readonly tree: YamlTree;
  readonly baseName: string;

  constructor(tree: YamlTree, baseName: string) {
    this.tree = tree;
    this.baseName = baseName;
  }

  note({ code, severity, message, path, part, range: given, fix, related }: Finding): void {
    const range = given ?? this.tree.locate(path, part);
    this.diagnostics.push({
      code,
      severity,
      message,
      range,
      ...(fix && { fix: { title: fix.title, edits: [{ range, newText: fix.newText }] } }),
      ...(related && { related }),
    });
  }

  refuse(finding: Omit<Finding, 'severity'>): void {
    this.refused = true;
    this.note({ ...finding, severity: 'error' });
  }
}

/** An object without the keys that are undefined, as `exactOptionalPropertyTypes` wants it. */
export function defined<T extends Readonly<Record<string, unknown>>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined | null> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as { [K in keyof T]?: Exclude<T[K], undefined | null> };
}
