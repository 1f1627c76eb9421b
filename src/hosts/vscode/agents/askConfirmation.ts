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

interface Cost {
  /** null: not known. */
  readonly usd: number | null;
  /** An estimate, which the run may exceed; else it is the most it can be. */
  readonly isForecast: boolean;
}

/** Which models are asked, whether something leaves this machine, and what it costs. */
export function describeRoutes(engine: Engine, routes: readonly Route[], cost: Cost): string[] {
  const backends = new Map(engine.world.backends.list().map((each) => [each.id, each]));
  const known = [...new Map(routes.map((route) => [`${route.backend}/${route.model}`, route])).values()];
  const hosted = known.filter(({ backend }) => backends.get(backend)?.local !== true);
  const names = (list: readonly Route[]): string =>
    list.map(({ backend, model }) => `${backends.get(backend)?.label ?? backend}, ${model}`).join('; ');
  if (hosted.length === 0) return [t('Asks {0}, on this machine.', names(known))];
  return [t('The prompt, its inputs and attached files are sent to {0}.', names(hosted)), costWords(cost)];
}

function costWords({ usd, isForecast }: Cost): string {
  if (usd === null) return t('What it costs is not known.');
  const amount = usd.toFixed(4);
  return isForecast ? t('It may cost about ${0}.', amount) : t('It costs up to ${0}.', amount);
}

export function describeInputs(inputs: JsonObject): string[] {
  return Object.entries(inputs).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}: ${text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}`;
  });
}
