import type { Prompt, Skill } from '../domain/promptFile.ts';

export interface PlacedTemplate {
  /** Where it stands in the file, as `Locate` takes it. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every template that becomes part of the request, in the order it is sent. */
export function templatesOf(file: Prompt | Skill): readonly PlacedTemplate[] {
  const messages = file.messages.map((message, index) => ({
    path: ['messages', index, 'content'],
    text: message.content,
  }));
  return file.kind === 'skill'
    ? [{ path: ['instructions'], text: file.instructions }, ...messages]
    : messages;
}
