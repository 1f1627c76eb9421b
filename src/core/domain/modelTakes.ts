import type { BackendId } from './backendId.ts';
import type { ModelParameters } from './chat.ts';

type Parameter = keyof ModelParameters;

const claudeBefore47 = /^claude-(instant|2|3)|^claude-(opus|sonnet|haiku)-4(-[0-6])?(-\d{8}|-latest|-0)?$/;
const claudeEffortBefore47 = /-4-6|opus-4-5/;

/** What a Claude model takes, from its id: models before 4.7 and after differ in more than they share. */
export function claudeTakes(id: string): { readonly sampling: boolean; readonly effort: boolean } {
  return claudeBefore47.test(id)
    ? { sampling: true, effort: claudeEffortBefore47.test(id) }
    : { sampling: false, effort: true };
}

const reasoning = /(^|[/:])(o[1-9](-|$)|gpt-[5-9])/;

/** OpenAI's models that think before they answer take no sampling parameters and count thoughts into the limit. */
export function isReasoningModel(id: string): boolean {
  return reasoning.test(id) && !/-chat/.test(id);
}

/** VS Code's language models are asked without any. */
export const editorModelsTakeNo: readonly Parameter[] = [
  ...(['temperature', 'maxTokens', 'topP', 'seed', 'stop', 'effort', 'thinking'] as const),
];

/**
 * The parameters that a model does not take, as far as its id tells: what a file that names both can be told. What a run
 * leaves out besides, the backend says.
 *
 * @param backend null: nobody named one, and the id alone must tell
 */
export function parametersNotTaken(backend: BackendId | null, model: string): readonly Parameter[] {
  if (backend === 'copilot') return editorModelsTakeNo;
  if (backend === 'openai') return isReasoningModel(model) ? ['temperature', 'topP', 'stop'] : [];
  const isClaude = backend === 'claude' || (backend === null && /^claude-.*\d/.test(model));
  if (!isClaude) return [];
  const { sampling, effort } = claudeTakes(model);
  return [
    ...(sampling ? [] : (['temperature', 'topP'] as const)),
    'seed',
    ...(effort ? [] : (['effort'] as const)),
  ];
}
