import type { Role } from '../../domain/chat.ts';
import type { TemplatePiece } from '../templates/fromHandlebars.ts';
import type { Remainder } from './conversion.ts';

export interface MessageDraft {
  readonly role: Role;
  /** A template of ours. */
  readonly content: string;
}

const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
};

/** The role a message has here; one without a counterpart becomes the user's, with a note. */
export function toRole(role: string, where: string, remainder: Remainder): Role {
  const ours = roles[role.toLowerCase()];
  if (ours === undefined) {
    remainder.note(
      where,
      `There are no messages of role \`${role}\` here; it becomes a message of the user.`,
    );
  }
  return ours ?? 'user';
}

/** Text up to the first role is of role `first`; empty messages are left out. */
export function toMessages(
  pieces: readonly TemplatePiece[],
  first: Role,
  remainder: Remainder,
): MessageDraft[] {
  const messages: { role: Role; content: string }[] = [{ role: first, content: '' }];
  for (const piece of pieces) {
    if (piece.type === 'text') (messages.at(-1) as { content: string }).content += piece.template;
    else messages.push({ role: toRole(piece.role, 'body', remainder), content: '' });
  }
  const filled = messages
    .map(({ role, content }) => ({ role, content: withoutBlankEnds(content) }))
    .filter(({ content }) => content !== '');
  if (filled.length > 0) return filled;
  remainder.note('body', 'The prompt is empty; write its message.');
  return [{ role: first, content: '' }];
}

/** Blank lines around a message are layout of its file. */
export const withoutBlankEnds = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
