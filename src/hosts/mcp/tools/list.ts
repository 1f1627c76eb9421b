import * as z from 'zod/v4';
import { toHeader } from '../describeFile.ts';
import { fileHeader } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';

export const listTool = defineTool({
  name: 'promptly_list',
  title: 'List prompts',
  description:
    'Lists the prompts, chains and A/B tests of the workspace (its .prompt.yaml files). Skills: promptly_skill_list.',
  input: z.strictObject({}),
  output: z.object({ prompts: z.array(fileHeader) }),
  annotations: { readOnly: true, idempotent: true },
  async run(_args, { workspace }) {
    const prompts = (await workspace.list(['prompt', 'chain', 'abtest'])).map((prompt) =>
      toHeader(workspace, prompt),
    );
    const lines = prompts.map(({ name, kind, description, file }) => {
      const about = description === null ? '' : `: ${description}`;
      return `- ${name} (${kind}, ${file})${about}`;
    });
    const text = lines.length === 0 ? 'There are no prompts in this workspace yet.' : lines.join('\n');
    return { text: [text], data: { prompts } };
  },
});
