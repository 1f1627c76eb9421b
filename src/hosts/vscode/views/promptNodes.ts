import type * as vscode from 'vscode';
import type { Range } from '../../../core/domain/diagnostic.ts';
import type { JsonValue } from '../../../core/domain/json.ts';
import type { FileHeader, ParsedFile } from '../../../core/domain/parsedFile.ts';
import { promptKinds, type PromptKind } from '../../../core/domain/promptFile.ts';
import type { OutlineEntry, OutlineType } from '../../../core/pipeline/language.ts';

export interface GroupNode {
  readonly type: 'group';
  readonly kind: PromptKind;
  readonly count: number;
}
export interface FileNode {
  readonly type: 'file';
  readonly uri: vscode.Uri;
  readonly header: FileHeader;
  /** Another file has this name, too. */
  readonly isShared: boolean;
}
/** A step, a variant, a test case: what stands in a file and is worth going to. */
export interface PartNode {
  readonly type: 'part';
  readonly uri: vscode.Uri;
  readonly part: OutlineType;
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  readonly index: number;
  /** Of a test case: the run takes these and asks nothing. */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
}
export interface NoteNode {
  readonly type: 'note';
  readonly text: string;
  readonly id: string;
}
export type PromptNode = GroupNode | FileNode | PartNode | NoteNode;

/** What a file is counted by. */
interface Counted {
  readonly header: FileHeader;
}

/** The kinds that there are, in their order. */
export function groupsOf(files: readonly Counted[]): readonly GroupNode[] {
  return promptKinds
    .map((kind) => ({
      type: 'group' as const,
      kind,
      count: files.filter(({ header }) => header.kind === kind).length,
    }))
    .filter(({ count }) => count > 0);
}

const shownParts: ReadonlySet<OutlineType> = new Set<OutlineType>(['step', 'variant', 'case', 'data-file']);

/** How many parts of a file stand in the tree; the outline has them all. */
export const shownPartsLimit = 100;

/** What a file holds that can be run or looked at by itself. */
export function partsOf(uri: vscode.Uri, outline: OutlineEntry, parsed: ParsedFile): readonly PartNode[] {
  const { file } = parsed;
  const cases = file?.testData ?? [];
  const runsCases = file !== null && file.kind !== 'abtest';
  const entries = [outline, ...outline.children].flatMap(({ children }) =>
    children
      .map((entry, index) => ({ entry, index }))
      .filter(({ entry }) => shownParts.has(entry.type))
      .map(({ entry: { type, name, detail, range }, index }): PartNode => {
        const inputs = type === 'case' && runsCases ? cases[index]?.variables : undefined;
        const shared = { type: 'part', uri, part: type, name, detail, range, index } as const;
        return inputs === undefined ? shared : { ...shared, inputs };
      }),
  );
  return entries;
}
