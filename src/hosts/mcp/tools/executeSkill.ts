import * as z from 'zod/v4';
import { composePrompt } from '../../../core/pipeline/composePrompt.ts';
import { unusableFiles } from '../../../core/pipeline/toolCalls/callWorld.ts';
import { message } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';
import { nameArgument, versionArgument } from '../toolArguments.ts';

export const executeSkillTool = defineTool({
  name: 'promptly_execute_skill',
  title: 'Compose a skill',
  description:
    'Gives the complete prompt of a skill for some input (instructions, attached files, input) for you to follow. Calls no model; promptly_execute_skill_real does.',
  input: z.strictObject({
    skill_name: nameArgument('The skill'),
    user_input: z.string().describe('What the skill is to work on.'),
    version: versionArgument,
  }),
  output: z.object({
    skill_name: z.string(),
    version: z.string().nullable(),
    messages: z.array(message),
    composed_prompt: z.string(),
  }),
  annotations: { readOnly: true, idempotent: true },
  async run({ skill_name, user_input, version }, { workspace }) {
    const { file, files, commit } = await workspace.find(skill_name, ['skill'], version);
    const { host } = workspace;
    const composed = await composePrompt(
      { files, settings: host.engine.world.settings },
      { file, workspaceFolder: host.folder, inputs: { input: user_input } },
    );
    if (composed.status === 'invalid') throw unusableFiles(workspace, composed.diagnostics);
    const messages = composed.messages.map((entry) => ({ ...entry }));
    const prompt = messages.map(({ content }) => content).join('\n\n');
    return {
      text: [prompt],
      data: { skill_name: file.name, version: commit, messages, composed_prompt: prompt },
    };
  },
});
