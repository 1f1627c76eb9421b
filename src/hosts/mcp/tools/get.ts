import * as z from 'zod/v4';
import { renderFinding, toFinding, variablesIn } from '../describeFile.ts';
import { finding, message, variable } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';
import { nameArgument, versionArgument } from '../toolArguments.ts';

export const getTool = defineTool({
  name: 'promptly_get',
  title: 'Get a prompt',
  description:
    'Gets a prompt (or chain, or A/B test) with its messages, variables and source, as it is now or at any git revision.',
  input: z.strictObject({ name: nameArgument('The prompt'), version: versionArgument }),
  output: z.object({
    name: z.string(),
    kind: z.string(),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    file: z.string(),
    version: z.string().nullable().describe('The commit; null: the working copy.'),
    messages: z.array(message),
    variables: z.array(variable),
    model: z.string().nullable(),
    source: z.string().describe('The text of the file.'),
    diagnostics: z.array(finding),
  }),
  annotations: { readOnly: true, idempotent: true },
  async run({ name, version }, { workspace }) {
    const found = await workspace.find(name, ['prompt', 'chain', 'abtest'], version);
    const { file: parsed, commit } = found;
    const { file } = parsed;
    const where = `${workspace.shownPath(parsed.path)}${commit === null ? '' : ` at ${commit.slice(0, 10)}`}`;
    return {
      text: [
        `${parsed.name} (${where})`,
        parsed.text,
        ...parsed.diagnostics
          .filter(({ severity }) => severity === 'error')
          .map((each) => renderFinding(workspace.shownPath(parsed.path), each)),
      ],
      data: {
        name: parsed.name,
        kind: parsed.kind,
        description: file?.description ?? null,
        tags: [...(file?.tags ?? [])],
        file: workspace.shownPath(parsed.path),
        version: commit,
        messages: file?.kind === 'prompt' ? file.messages.map((entry) => ({ ...entry })) : [],
        variables: variablesIn(parsed),
        model: file !== null && 'model' in file ? (file.model ?? null) : null,
        source: parsed.text,
        diagnostics: parsed.diagnostics.map(toFinding),
      },
    };
  },
});
