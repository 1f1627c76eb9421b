import * as z from 'zod/v4';
import type { JsonValue } from '../../../core/domain/json.ts';
import { bracesNote, convertBraces } from '../../../core/pipeline/toolCalls/convertBraces.ts';
import { fileMetadata, metadataArgument } from '../fileMetadata.ts';
import { written } from '../outputSchemas.ts';
import { placeFor } from '../placeFor.ts';
import { defineTool } from '../tool.ts';
import { newNameArgument } from '../toolArguments.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { createFile, editFile, toWritten } from '../writeFile.ts';

export const skillAddTool = defineTool({
  name: 'promptly_skill_add',
  title: 'Add or change a skill',
  description:
    'Writes a skill as skills/<name>/<name>.prompt.yaml, or changes the one of that name; comments in its file stay. promptly_skill_add_file attaches files.',
  input: z.strictObject({
    name: newNameArgument,
    description: z.string().min(1).describe('What the skill does, in one sentence.'),
    instructions: z
      .string()
      .min(1)
      .optional()
      .describe('How it does it; the system message. Needed for a new skill.'),
    metadata: metadataArgument,
  }),
  output: written,
  annotations: { readOnly: false, destructive: true, idempotent: true },
  run: ({ name, description, instructions, metadata }, { workspace }) =>
    workspace.exclusively(async () => {
      const { text, names } = convertBraces(instructions ?? description);
      const { values, notes } = fileMetadata(metadata);
      const said = [...bracesNote(names), ...notes];
      const present = await workspace.lookUp(name);
      if (present === undefined) {
        const fileName = placeFor(name);
        const value = { kind: 'skill', name, ...values, description, instructions: text };
        const place = `skills/${fileName}/${fileName}.prompt.yaml`;
        const untold = 'No instructions were given: the description stands for them.';
        const parsed = await createFile(workspace, place, value);
        return toWritten(workspace, parsed, {
          created: true,
          notes: instructions === undefined ? [...said, untold] : said,
        });
      }
      if (present.kind !== 'skill') {
        throw new ToolProblem(`"${name}" is no skill but a ${present.kind}. Choose another name.`);
      }
      const changes: Record<string, JsonValue> = {
        ...values,
        description,
        ...(instructions !== undefined && { instructions: text }),
      };
      const wishes = Object.entries(changes).map(([key, value]) => ({
        type: 'set' as const,
        path: [key],
        value,
      }));
      const parsed = await editFile(workspace, present, wishes);
      return toWritten(workspace, parsed, { created: false, notes: said });
    }),
});
