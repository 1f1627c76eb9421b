/** The backends a prompt file can name. */
export const builtInBackendIds = ['ollama', 'claude', 'openai', 'copilot', 'builtin', 'scripted'] as const;

export type BackendId = (typeof builtInBackendIds)[number] | `custom:${string}`;

export function isBackendId(text: string): text is BackendId {
  return (builtInBackendIds as readonly string[]).includes(text) || /^custom:.+/.test(text);
}

/** What `auto` tries, in this order. */
export const autoOrder: readonly BackendId[] = ['ollama', 'copilot', 'claude', 'openai', 'builtin'];

/** Splits `<backend>/<id>`; a slash after anything that is no backend belongs to the model's own id (`hf.co/…`). */
export function splitModel(model: string): { backend: BackendId | null; model: string } {
  const slash = model.indexOf('/');
  const prefix = slash > 0 ? model.slice(0, slash) : '';
  return isBackendId(prefix) ? { backend: prefix, model: model.slice(slash + 1) } : { backend: null, model };
}
