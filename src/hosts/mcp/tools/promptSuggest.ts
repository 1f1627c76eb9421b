import * as z from 'zod/v4';
import { rewriteOrder } from '../../../core/pipeline/rewrite/rewriteOrder.ts';
import { renderFinding, toFinding } from '../describeFile.ts';
import { finding } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';
import { nameArgument } from '../toolArguments.ts';

export const promptSuggestTool = defineTool({
  name: 'promptly_prompt_suggest',
  title: 'Suggest improvements of a prompt',
  description:
    'Finds by rules what would make a prompt or skill better (role, vague words, form of the answer, contradictions, examples, tests), each with its place and its reason, and gives an order for rewriting it that you can follow. Calls no model.',
  input: z.strictObject({
    prompt_name: nameArgument('The prompt or skill'),
    goal: z.string().min(1).optional().describe('What the prompt should become better at.'),
  }),
  output: z.object({
    prompt_name: z.string(),
    file: z.string(),
    goal: z.string().nullable(),
    problems: z.array(finding).describe('What is wrong in the file.'),
    suggestions: z.array(finding),
    rewrite_prompt: z.string().describe('An order to a model to rewrite the prompt by these findings.'),
  }),
  annotations: { readOnly: true, idempotent: true },
  async run({ prompt_name, goal }, { workspace }) {
    const { advisePrompt } = await import('../../../core/pipeline/language.ts');
    const { file } = await workspace.find(prompt_name, ['prompt', 'skill']);
    const shown = workspace.shownPath(file.path);
    const advice = advisePrompt(file);
    const lines = [...file.diagnostics, ...advice].map((each) => renderFinding(shown, each));
    const none = 'The rules find nothing. Test cases and an A/B test say more.';
    const next = `After a change, compare it with what was: promptly_ab_test with the variants "${file.name}@HEAD" and "${file.name}".`;
    return {
      text: [lines.length === 0 ? none : lines.join('\n'), next],
      data: {
        prompt_name: file.name,
        file: shown,
        goal: goal ?? null,
        problems: file.diagnostics.map(toFinding),
        suggestions: advice.map(toFinding),
        rewrite_prompt: rewriteOrder(file.text, goal, [...advice.map(({ message }) => message)]),
      },
    };
  },
});
