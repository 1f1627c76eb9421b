import type { Assistant } from './assistant.ts';
import type { AssistantParts } from './assistantParts.ts';

/** The commands of the assistant, a bundle of its own: loaded when the first of them is used. */
export function lazyAssistant(parts: AssistantParts): () => Promise<Assistant> {
  let loading: Promise<Assistant> | undefined;
  return () => (loading ??= import('./assistant.ts').then(({ createAssistant }) => createAssistant(parts)));
}
