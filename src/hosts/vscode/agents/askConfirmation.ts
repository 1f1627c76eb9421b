import * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { JsonObject } from '../../../core/domain/json.ts';
import type { Route } from '../../../core/domain/runEvent.ts';
import { t } from '../l10n.ts';

const shownCharacters = 300;

interface Words {
  readonly doing: string;
  readonly question: string;
}

/**
 * The question before a tool that calls models. It is asked whatever `describe` finds: what cannot run now may run a
 * moment later.
 */
export async function askConfirmation(
  { doing, question }: Words,
  describe: () => Promise<readonly string[]>,
): Promise<vscode.PreparedToolInvocation> {
  const lines = await describe().catch((problem: unknown) => [
    problem instanceof Error ? problem.message : String(problem),
  ]);
  const message = new vscode.MarkdownString();
  // As text: what a file or an agent says is no markup.
  for (const line of lines) message.appendText(line).appendMarkdown('\n\n');
  return { invocationMessage: doing, confirmationMessages: { title: question, message } };
}

/** Which models are asked, whether something leaves this machine, and the most it can cost. */
export function describeRoutes(engine: Engine, routes: readonly Route[], costUsd: number | null): string[] {
  const backends = new Map(engine.world.backends.list().map((each) => [each.id, each]));
  const known = [...new Map(routes.map((route) => [`${route.backend}/${route.model}`, route])).values()];
  const hosted = known.filter(({ backend }) => backends.get(backend)?.local !== true);
  const names = (list: readonly Route[]): string =>
    list.map(({ backend, model }) => `${backends.get(backend)?.label ?? backend}, ${model}`).join('; ');
  if (hosted.length === 0) return [t('Asks {0}, on this machine.', names(known))];
  return [
    t('The prompt, its inputs and attached files are sent to {0}.', names(hosted)),
    costUsd === null ? t('What it costs is not known.') : t('It costs up to ${0}.', costUsd.toFixed(4)),
  ];
}

export function describeInputs(inputs: JsonObject): string[] {
  return Object.entries(inputs).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}: ${text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}`;
  });
}
