import type { ParsedFile } from '../../domain/parsedFile.ts';

/** A text of a prompt file that a model reads. */
export interface RewritablePart {
  /** Where it stands in the file. */
  readonly path: readonly (string | number)[];
  readonly role: 'instructions' | 'system' | 'user';
  readonly text: string;
}

/** What the model is told that each is. */
export const partTitle = {
  instructions: "the skill's instructions",
  system: 'system message',
  user: 'user message',
} as const satisfies Record<RewritablePart['role'], string>;

/**
 * The texts of a prompt or skill that say what to do, in the order they are sent. Examples (an exchange of user and
 * assistant) are left out: they are somebody's choice of facts. None for files that cannot be used and other kinds.
 */
export function rewritableParts({ file }: ParsedFile): readonly RewritablePart[] {
  if (file === null || file.kind === 'chain' || file.kind === 'abtest') return [];
  const own: RewritablePart[] =
    file.kind === 'skill' ? [{ path: ['instructions'], role: 'instructions', text: file.instructions }] : [];
  const messages = file.messages.flatMap(({ role, content }, index): RewritablePart[] => {
    const isExample = role === 'assistant' || file.messages[index + 1]?.role === 'assistant';
    return isExample ? [] : [{ path: ['messages', index, 'content'], role, text: content }];
  });
  return [...own, ...messages].filter(({ text }) => hasWords(text));
}

/** How many examples there are, which a rewriter should know of. */
export const examplesIn = ({ file }: ParsedFile): number =>
  file === null || file.kind === 'chain' || file.kind === 'abtest'
    ? 0
    : file.messages.filter(({ role }) => role === 'assistant').length;

/** A message that only hands a value over has nothing to be said better (a skill may have one it does not write). */
const hasWords = (text: string): boolean => text.replaceAll(/\{\{[^{}]*\}\}/g, '').trim() !== '';
