import * as z from 'zod/v4';
import { runResult } from '../outputSchemas.ts';
import { runPrompt } from '../runPrompt.ts';
import { defineTool } from '../tool.ts';
import { backendArgument, modelArgument, nameArgument } from '../toolArguments.ts';

export const executeSkillRealTool = defineTool({
  name: 'promptly_execute_skill_real',
  title: 'Run a skill',
  description: 'Runs a skill on some input and gives the answer of a model.',
  input: z.strictObject({
    skill_name: nameArgument('The skill'),
    user_input: z.string().describe('What the skill is to work on.'),
    backend: backendArgument,
    model: modelArgument,
  }),
  output: runResult,
  annotations: { readOnly: false, callsModel: true },
  async run({ skill_name, user_input, backend, model }, context) {
    const { file } = await context.workspace.find(skill_name, ['skill']);
    return runPrompt(context, { file, inputs: { input: user_input }, backend, model });
  },
});
