import * as vscode from 'vscode';
import type { PromptKind } from '../../../core/domain/promptFile.ts';
import { didYouMean } from '../../../core/pipeline/toolCalls/didYouMean.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import type { IndexedPrompt, PromptIndex } from '../promptIndex.ts';

/** The prompt file that an agent means, by name or by path. Throws `ToolProblem` when there is none, or two. */
export async function findPrompt(
  index: PromptIndex,
  name: string,
  kinds: readonly PromptKind[],
): Promise<IndexedPrompt> {
  await index.ready();
  const all = index.all().filter(({ header }) => kinds.includes(header.kind));
  const pathOf = ({ place }: IndexedPrompt): string => vscode.workspace.asRelativePath(place);
  const found = all.filter((entry) => entry.header.name === name || pathOf(entry) === name);
  const [first, second] = found;
  if (second !== undefined) {
    const paths = found.map(pathOf).join(' and ');
    throw new ToolProblem(`Two files are called "${name}": ${paths}. Give the path, or rename one of them.`);
  }
  if (first !== undefined) return first;
  const names = all.map(({ header }) => header.name);
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  const there = names.length === 0 ? ' There is none in this workspace yet.' : ` There are: ${shown}.`;
  throw new ToolProblem(
    `There is no ${kinds.join(', ')} called "${name}".${didYouMean(name, names)}${there}`,
  );
}

/** Throws `ToolProblem` where nothing may run. */
export function demandTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ToolProblem(
    'untrusted: Prompts do not run in a workspace that is not trusted. The user can trust it with the command "Workspaces: Manage Workspace Trust".',
  );
}
