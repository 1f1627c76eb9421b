import type { ChatMessage } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';
import type { Prompt, Skill } from '../domain/promptFile.ts';
import type { Attachment } from '../domain/runPlan.ts';
import { renderTemplate } from '../domain/template.ts';

/** The messages to send. Values must be complete (see `resolveValues`); attached text is never read as a template. */
export function composeMessages(
  file: Prompt | Skill,
  values: Readonly<Record<string, JsonValue>>,
  attachments: readonly Attachment[] = [],
): readonly ChatMessage[] {
  const messages = file.messages.map(({ role, content }) => ({
    role,
    content: renderTemplate(content, values).text,
  }));
  if (file.kind === 'prompt') return messages;
  const attached = attachments.map(({ path, text }) => `<file path="${path}">\n${text.trimEnd()}\n</file>`);
  const instructions = renderTemplate(file.instructions, values).text.trimEnd();
  return [{ role: 'system', content: [instructions, ...attached].join('\n\n') }, ...messages];
}
