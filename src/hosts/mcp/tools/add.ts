import * as z from 'zod/v4';
import type { ParsedFile } from '../../../core/domain/parsedFile.ts';
import { bracesNote, convertBraces } from '../../../core/pipeline/toolCalls/convertBraces.ts';
import { usable } from '../describeFile.ts';
import { fileMetadata, metadataArgument } from '../fileMetadata.ts';
import type { McpWorkspace } from '../mcpWorkspace.ts';
import { written } from '../outputSchemas.ts';
import { placeFor } from '../placeFor.ts';
import { defineTool } from '../tool.ts';
import { newNameArgument } from '../toolArguments.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { createFile, editFile, toWritten, type Wishes } from '../writeFile.ts';

export const addTool = defineTool({
  name: 'promptly_add',
  title: 'Add or change a prompt',
  description:
    'Writes a prompt as prompts/<name>.prompt.yaml, or changes the user message of the one of that name; comments in its file stay. Variables are {{name}}; a text with only single braces {name} is turned.',
  input: z.strictObject({
    name: newNameArgument,
    content: z
      .string()
      .regex(/\S/, 'a prompt needs a text')
      .describe('The text of the prompt, with {{variables}}.'),
    metadata: metadataArgument,
  }),
  output: written,
  annotations: { readOnly: false, destructive: true, idempotent: true },
  run: ({ name, content, metadata }, { workspace }) =>
    workspace.exclusively(async () => {
      const { text, names } = convertBraces(content);
      const { values, notes } = fileMetadata(metadata);
      const said = [...bracesNote(names), ...notes];
      const present = await workspace.lookUp(name);
      if (present === undefined) {
        const value = { name, ...values, messages: [{ role: 'user', content: text }] };
        const parsed = await createFile(workspace, `prompts/${placeFor(name)}.prompt.yaml`, value);
        return toWritten(workspace, parsed, { created: true, notes: said });
      }
      const wishes: Wishes = [
        { type: 'set', path: ['messages', userMessageOf(workspace, present), 'content'], value: text },
        ...Object.entries(values).map(([key, value]) => ({ type: 'set' as const, path: [key], value })),
      ];
      const parsed = await editFile(workspace, present, wishes);
      return toWritten(workspace, parsed, { created: false, notes: said });
    }),
});

/** The message that the text of a prompt is: its only user message. */
function userMessageOf(workspace: McpWorkspace, parsed: ParsedFile): number {
  const file = usable(workspace, parsed);
  if (file.kind !== 'prompt') {
    const tool = file.kind === 'skill' ? ' promptly_skill_add changes skills.' : '';
    throw new ToolProblem(`"${file.name}" is no prompt but a ${file.kind}.${tool} Choose another name.`);
  }
  const users = file.messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const [first, second] = users;
  if (first !== undefined && second === undefined) return first;
  const why = first === undefined ? 'no user message' : 'several user messages';
  throw new ToolProblem(
    `"${file.name}" has ${why}, so one text cannot replace it. Change ${workspace.shownPath(parsed.path)} itself, or choose another name.`,
  );
}
