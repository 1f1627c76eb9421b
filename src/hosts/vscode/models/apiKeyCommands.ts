import * as vscode from 'vscode';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import type { KeyedBackend, SecretKeys } from '../secretStorage.ts';
import { isKeyedBackend, keyedBackends } from '../secretStorage.ts';

/** `Promptly: Set API Key`. The key goes to secret storage and nowhere else. */
export async function setApiKey(keys: SecretKeys, wanted?: unknown): Promise<void> {
  const backend = await chooseBackend(wanted);
  if (backend === undefined) return;
  const { label } = keyedBackends[backend];
  const key = await vscode.window.showInputBox({
    title: t('API key for {0}', label),
    prompt: t('Kept in the editor’s secret storage'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? t('The key is empty.') : undefined),
  });
  if (key === undefined) return;
  await keys.store(backend, key.trim());
  vscode.window.setStatusBarMessage(t('Promptly: key for {0} stored', label), 5_000);
}

/** `Promptly: Test API Key`: asks the service for its models, which costs nothing. */
export async function testApiKey(keys: SecretKeys, holder: EngineHolder, wanted?: unknown): Promise<void> {
  const backend = await chooseBackend(wanted);
  if (backend === undefined) return;
  const { label } = keyedBackends[backend];
  if ((await keys.readKey(backend)) === undefined && backend === 'claude') {
    const set = t('Set API Key');
    const message = t('There is no key for {0}.', label);
    if ((await vscode.window.showWarningMessage(message, set)) === set) await setApiKey(keys, backend);
    return;
  }
  try {
    const opened = await (await holder.get()).world.backends.open(backend);
    const models = await opened.listModels(AbortSignal.timeout(15_000));
    void vscode.window.showInformationMessage(t('{0} accepts the key ({1} models).', label, models.length));
  } catch (error) {
    const words = BackendError.is(error)
      ? `${error.message} ${error.hint ?? ''}`
      : t('No answer within 15 s.');
    void vscode.window.showErrorMessage(words.trim());
  }
}

export async function clearApiKey(keys: SecretKeys, wanted?: unknown): Promise<void> {
  const backend = await chooseBackend(wanted);
  if (backend === undefined) return;
  const { label, variable } = keyedBackends[backend];
  const wasStored = await keys.isStored(backend);
  await keys.clear(backend);
  const rest =
    process.env[variable] === undefined ? '' : ` ${t('{0} is still set in the environment.', variable)}`;
  const message = wasStored
    ? t('The key for {0} is cleared.', label)
    : t('No key for {0} was stored.', label);
  void vscode.window.showInformationMessage(message + rest);
}

async function chooseBackend(wanted: unknown): Promise<KeyedBackend | undefined> {
  if (typeof wanted === 'string' && isKeyedBackend(wanted)) return wanted;
  const items = (Object.keys(keyedBackends) as KeyedBackend[]).map((id) => ({
    id,
    label: keyedBackends[id].label,
    description: keyedBackends[id].variable,
  }));
  return (await vscode.window.showQuickPick(items, { title: t('API key of') }))?.id;
}
