import type { ModelRequest } from '../../../core/domain/chat.ts';

const smallest = 8192;
const largest = 32768;

/** About one token for four characters of English; fewer characters a token elsewhere, so this errs low. */
function estimatePromptTokens(request: ModelRequest): number {
  return Math.ceil(request.messages.reduce((sum, message) => sum + message.content.length, 0) / 4);
}

/**
 * Ollama's own default context is small and it cuts longer prompts without a word. We ask for what prompt and answer
 * need, in steps of two so that cases of about one length do not make it load the model anew, and not beyond what
 * ordinary machines hold. A file that knows better sets `options.num_ctx`.
 */
export function chooseContextTokens(request: ModelRequest): number {
  const set = request.parameters.options?.['num_ctx'];
  if (typeof set === 'number') return set;
  const needed = estimatePromptTokens(request) * 1.3 + (request.parameters.maxTokens ?? 2048);
  let window = smallest;
  while (window < needed && window < largest) window *= 2;
  return window;
}

/** Words for a prompt that was cut, judged by the count the server reports; null when it looks whole. */
export function truncationNotice(request: ModelRequest, promptTokens: number | null): string | null {
  const window = chooseContextTokens(request);
  const estimate = estimatePromptTokens(request);
  if (promptTokens === null || promptTokens < window * 0.35 || promptTokens > estimate * 0.6) return null;
  return `Ollama read only ${promptTokens} tokens of a prompt of about ${estimate}: it cut the rest. Raise options.num_ctx (now ${window}) or shorten the prompt.`;
}
