import type { ParsedFile } from '../../domain/parsedFile.ts';

/** A text of a prompt file that a model reads. */
export interface RewritablePart {
  /** Where it stands in the file. */
  readonly path: readonly (string | number)[];
  readonly role: 'instructions' | 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** The texts of a prompt or skill, in the order they are sent; none for files that cannot be used and other kinds. */
export function rewritableParts({ file }: ParsedFile): readonly RewritablePart[] {
  if (file === null || file.kind === 'chain' || file.kind === 'abtest') return [];
  const own: RewritablePart[] =
    file.kind === 'skill' ? [{ path: ['instructions'], role: 'instructions', text: file.instructions }] : [];
  const messages = file.messages.map(({ role, content }, index): RewritablePart => ({
    path: ['messages', index, 'content'],
    role,
    text: content,
  }));
  return [...own, ...messages].filter(({ text }) => hasWords(text));
}

/** A message that only hands a value over has nothing to be said better (a skill may have one it does not write). */
const hasWords = (text: string): boolean => text.replaceAll(/\{\{[^{}]*\}\}/g, '').trim() !== '';
