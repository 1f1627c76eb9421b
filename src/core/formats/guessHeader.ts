import type { FileHeader } from '../domain/parsedFile.ts';
import { promptKinds } from '../domain/promptFile.ts';
import { baseNameOf } from './baseNameOf.ts';

/** What a text that YAML cannot read most likely is, so that it keeps its place in lists while somebody types. */
export function guessHeader(text: string, path: string): FileHeader {
  const head = text.slice(0, 20_000);
  const kind = promptKinds.find((each) => each === valueOf(head, 'kind')) ?? 'prompt';
  return { kind, name: valueOf(head, 'name') || baseNameOf(path), tags: [] };
}

function valueOf(text: string, key: string): string {
  const value = new RegExp(`^${key}[ \\t]*:[ \\t]+([^\\r\\n]+)`, 'm').exec(text)?.[1] ?? '';
  const quoted = /^(["'])(.*?)\1/.exec(value)?.[2];
  return (quoted ?? value.replace(/(?:^|\s)#.*$/, '')).trim();
}
