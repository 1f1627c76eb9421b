import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';

export interface FencedBlock {
  readonly language: string;
  readonly text: string;
  /** Line of its first line in the page, from 1. */
  readonly line: number;
}

/** The fenced code blocks of a page of the documentation, in order. */
export async function fencedBlocks(page: string): Promise<FencedBlock[]> {
  const lines = (await readFile(path.join(repositoryRoot, 'docs', page), 'utf8')).split(/\r?\n/);
  const blocks: FencedBlock[] = [];
  let open: { readonly language: string; readonly start: number } | null = null;
  for (const [index, line] of lines.entries()) {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (fence === null) continue;
    if (open === null) open = { language: fence[1] ?? '', start: index + 1 };
    else {
      const text = `${lines.slice(open.start, index).join('\n')}\n`;
      blocks.push({ language: open.language, text, line: open.start + 1 });
      open = null;
    }
  }
  return blocks;
}

/** A block that begins with a comment naming a file is that file. */
export function fileOf({ text }: FencedBlock): { readonly name: string; readonly text: string } | null {
  const [first = '', ...rest] = text.split('\n');
  const name = /^# (\S+\.\w+)$/.exec(first)?.[1];
  return name === undefined ? null : { name, text: rest.join('\n') };
}
