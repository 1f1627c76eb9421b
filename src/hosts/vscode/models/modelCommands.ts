import * as vscode from 'vscode';
import type { BackendId } from '../../../core/domain/backendId.ts';
import { isBackendId } from '../../../core/domain/backendId.ts';
import { readActiveSettings, writeSetting } from '../editorSettings.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import { installModel } from './installModel.ts';
import { hasModelSetting, modelOf } from './modelSetting.ts';
import { pickModelOrAutomatic } from './pickModel.ts';

/** `Promptly: Select Backend`. With an argument, without asking. */
export async function selectBackend(engineHolder: EngineHolder, wanted?: unknown): Promise<void> {
  const current = readActiveSettings().defaultBackend;
  if (typeof wanted === 'string' && (wanted === 'auto' || isBackendId(wanted))) {
    await writeSetting('defaultBackend', wanted);
    return;
  }
  const { world } = await engineHolder.get();
  const items = [
    {
      id: 'auto',
      label: t('Automatic'),
      detail: t('The first that is ready: Ollama, Copilot, Claude, OpenAI, the embedded model'),
    },
    ...world.backends.list().map(({ id, label, local }) => ({
      id,
      label,
      detail: local ? t('On this machine') : t('Online: sends prompts and inputs to the service'),
    })),
  ].map((item) => ({ ...item, description: item.id === current ? t('{0} · current', item.id) : item.id }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Backend for prompts that name none'),
    matchOnDescription: true,
  });
  if (picked !== undefined) await writeSetting('defaultBackend', picked.id);
}

/** `Promptly: Select Model`: backend and model in one list; `only`: the models of that backend. */
export async function selectModel(engineHolder: EngineHolder, only?: BackendId | 'auto'): Promise<void> {
  const engine = await engineHolder.get();
  const { defaultBackend } = readActiveSettings();
  const picked = await pickModelOrAutomatic(engine, {
    title: t('Model for prompts that name none'),
    current: defaultBackend === 'auto' ? 'auto' : { backend: defaultBackend, ...modelOf(defaultBackend) },
    only: only === 'auto' ? undefined : only,
    withAutomatic: only === undefined || only === 'auto',
  });
  if (picked === undefined) return;
  if (picked === 'auto') {
    await writeSetting('defaultBackend', 'auto');
    return;
  }
  const { backend, model } = picked;
  if (picked.toInstall === true && !(await hasModel(engineHolder, backend, model))) {
    if (!(await installModel(engine, backend, model ?? ''))) return;
  }
  await useModel(backend, model);
}

/** Prompts that name no backend run on this one from now on. */
export async function useModel(backend: BackendId, model: string | undefined): Promise<void> {
  await writeSetting('defaultBackend', backend);
  if (model !== undefined && hasModelSetting(backend)) await writeSetting(`${backend}.model`, model);
}

/** `Promptly: Install Model…` for the backends that can fetch one. */
export async function installNamedModel(
  engineHolder: EngineHolder,
  wanted?: BackendId | 'auto',
): Promise<void> {
  const items = [
    { id: 'ollama' as const, label: 'Ollama', detail: t('Pull a model from Ollama’s library') },
    {
      id: 'builtin' as const,
      label: t('Embedded model'),
      detail: t('Download the embedded model and its runtime'),
    },
  ];
  const picked =
    items.find(({ id }) => id === wanted) ??
    (await vscode.window.showQuickPick(items, { title: t('Install a model for') }));
  if (picked === undefined) return;
  const value = modelOf(picked.id).model ?? '';
  const prompt =
    picked.id === 'ollama' ? t('Model, such as llama3.2:3b') : t('Model (empty: the small default)');
  const model = await vscode.window.showInputBox({ title: picked.detail, prompt, value });
  if (model === undefined) return;
  if (await installModel(await engineHolder.get(), picked.id, model.trim())) {
    void vscode.window.setStatusBarMessage(t('Promptly: the model is there'), 5_000);
  }
}

async function hasModel(holder: EngineHolder, id: BackendId, model: string | undefined): Promise<boolean> {
  const backend = await (await holder.get()).world.backends.open(id);
  if (backend.install === undefined) return true;
  if (model === undefined) return false;
  const models = await backend.listModels(AbortSignal.timeout(4_000)).catch(() => []);
  return models.some((known) => known.id === model || known.id === `${model}:latest`);
}
