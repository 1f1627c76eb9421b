import * as z from 'zod/v4';
import { attachedFiles } from '../attachedFiles.ts';
import { toFinding, usable, variablesIn } from '../describeFile.ts';
import { finding, message, variable } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';
import { nameArgument, versionArgument } from '../toolArguments.ts';

export const skillGetTool = defineTool({
  name: 'promptly_skill_get',
  title: 'Get a skill',
  description: 'Gets a skill with its instructions and attached files, as it is now or at any git revision.',
  input: z.strictObject({ name: nameArgument('The skill'), version: versionArgument }),
  output: z.object({
    name: z.string(),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    file: z.string(),
    version: z.string().nullable().describe('The commit; null: the working copy.'),
    instructions: z.string(),
    messages: z.array(message),
    files: z.array(z.object({ filename: z.string(), content: z.string() })),
    variables: z.array(variable),
    diagnostics: z.array(finding),
  }),
  annotations: { readOnly: true, idempotent: true },
  async run({ name, version }, { workspace }) {
    const found = await workspace.find(name, ['skill'], version);
    const { file: parsed, commit } = found;
    const skill = usable(workspace, parsed);
    if (skill.kind !== 'skill') throw new Error('a skill was asked for');
    const files = await attachedFiles(workspace, found, skill.files);
    const attached = files.map(({ filename, content }) => `--- ${filename}\n${content}`);
    return {
      text: [`${skill.name} (${workspace.shownPath(parsed.path)})\n\n${skill.instructions}`, ...attached],
      data: {
        name: skill.name,
        description: skill.description ?? null,
        tags: [...skill.tags],
        file: workspace.shownPath(parsed.path),
        version: commit,
        instructions: skill.instructions,
        messages: skill.messages.map((entry) => ({ ...entry })),
        files,
        variables: variablesIn(parsed),
        diagnostics: parsed.diagnostics.map(toFinding),
      },
    };
  },
});
