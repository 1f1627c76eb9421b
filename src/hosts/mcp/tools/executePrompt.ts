import * as z from 'zod/v4';
import { runResult } from '../outputSchemas.ts';
import { runPrompt } from '../runPrompt.ts';
import { defineTool } from '../tool.ts';
import { backendArgument, modelArgument, nameArgument, toInputs, valuesArgument } from '../toolArguments.ts';

export const executePromptTool = defineTool({
  name: 'promptly_execute_prompt',
  title: 'Run a prompt',
  description: 'Runs a prompt, skill or chain of the workspace and gives the answer of a model.',
  input: z.strictObject({
    prompt_name: nameArgument('The prompt, skill or chain'),
    inputs: valuesArgument
      .optional()
      .describe('A map of variable to value; or a text, which becomes the variable `input`.'),
    backend: backendArgument,
    model: modelArgument,
  }),
  output: runResult,
  annotations: { readOnly: false, callsModel: true },
  async run({ prompt_name, inputs, backend, model }, context) {
    const { file } = await context.workspace.find(prompt_name, ['prompt', 'skill', 'chain']);
    return runPrompt(context, { file, inputs: toInputs(inputs), backend, model });
  },
});
