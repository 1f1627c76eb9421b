import type { BackendId } from '../../../core/domain/backendId.ts';
import { readActiveSettings } from '../editorSettings.ts';

/** Backends whose default model is a setting. */
const withModelSetting: readonly BackendId[] = ['ollama', 'claude', 'openai', 'builtin'];

export const hasModelSetting = (backend: BackendId): boolean => withModelSetting.includes(backend);

/** The model of a backend for prompts that name none. */
export function modelOf(backend: BackendId): { readonly model?: string } {
  const { ollama, claude, openai, builtin } = readActiveSettings();
  const models: Partial<Record<BackendId, string>> = {
    ollama: ollama.model,
    claude: claude.model,
    openai: openai.model,
    builtin: builtin.model,
  };
  const model = models[backend] ?? '';
  return model === '' ? {} : { model };
}
