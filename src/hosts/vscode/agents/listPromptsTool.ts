import * as vscode from 'vscode';
import { promptKinds } from '../../../core/domain/promptFile.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { t } from '../l10n.ts';
import type { AgentTool, AgentWorld } from './agentTools.ts';
import { ToolInput } from './toolInput.ts';

/** The workspace's prompt files by name. Reads only, so it works in an untrusted workspace too. */
export function listPromptsTool({ index }: AgentWorld): AgentTool {
  return {
    prepare: () => Promise.resolve({ invocationMessage: t('Listing the prompts of the workspace') }),
    async invoke(input) {
      const kind = new ToolInput(input).optionalText('kind');
      if (kind !== undefined && !promptKinds.some((each) => each === kind)) {
        throw new ToolProblem(`"${kind}" is no kind. Kinds: ${promptKinds.join(', ')}.`);
      }
      await index.ready();
      const prompts = index
        .all()
        .filter(({ header }) => kind === undefined || header.kind === kind)
        .map(({ header, place }) => ({
          name: header.name,
          kind: header.kind,
          description: header.description ?? null,
          tags: [...header.tags],
          file: vscode.workspace.asRelativePath(place),
        }));
      const lines = prompts.map(
        ({ name, description, file, ...each }) =>
          `- ${name} (${each.kind}, ${file})${description === null ? '' : `: ${description}`}`,
      );
      const none = 'There are no prompt files (*.prompt.yaml) in this workspace yet.';
      return { text: [lines.length === 0 ? none : lines.join('\n')], data: { prompts } };
    },
  };
}
