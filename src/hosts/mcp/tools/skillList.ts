import * as z from 'zod/v4';
import { toHeader } from '../describeFile.ts';
import { fileHeader } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';

export const skillListTool = defineTool({
  name: 'promptly_skill_list',
  title: 'List skills',
  description: 'Lists the skills of the workspace: instructions with attached files, ready to be executed.',
  input: z.strictObject({}),
  output: z.object({ skills: z.array(fileHeader) }),
  annotations: { readOnly: true, idempotent: true },
  async run(_args, { workspace }) {
    const skills = (await workspace.list(['skill'])).map((skill) => toHeader(workspace, skill));
    const lines = skills.map(({ name, description, file }) => {
      const about = description === null ? '' : `: ${description}`;
      return `- ${name} (${file})${about}`;
    });
    const empty = 'There are no skills in this workspace yet. promptly_template_list shows ready-made ones.';
    return { text: [lines.length === 0 ? empty : lines.join('\n')], data: { skills } };
  },
});
