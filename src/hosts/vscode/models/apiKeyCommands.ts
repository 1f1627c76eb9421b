import * as vscode from 'vscode';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import type { KeyedBackend, SecretKeys } from '../secretStorage.ts';
import { isKeyedBackend, keyedBackends } from '../secretStorage.ts';

const testLimitMs = 15_000;

/** `Promptly: Set API Key`. The key goes to secret storage and nowhere else. True when one was stored. */
export async function setApiKey(keys: SecretKeys, wanted?: unknown): Promise<boolean> {
  const backend = await chooseBackend(wanted);
  if (backend === undefined) return false;
  const { label } = keyedBackends[backend];
  const key = await vscode.window.showInputBox({
    title: t('API key for {0}', label),
    prompt: t('Kept in the editor’s secret storage'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? t('The key is empty.') : undefined),
  });
  if (key === undefined) return false;
  await keys.store(backend, key.trim());
  vscode.window.setStatusBarMessage(t('Promptly: key for {0} stored', label), 5_000);
  return true;
}

/** `Promptly: Test API Key`: asks the service for its models, which costs nothing. */
export async function testApiKey(keys: SecretKeys, holder: EngineHolder, wanted?: unknown): Promise<void> {
  const backend = await chooseBackend(wanted);
  if (backend === undefined) return;
  const { label } = keyedBackends[backend];
  if ((await keys.readKey(backend)) === undefined && backend === 'claude') {
    const message = t('There is no key for {0}.', label);
    return offerToSet(keys, backend, vscode.window.showWarningMessage(message, setLabel()));
  }
  const { world } = await holder.get();
  const signal = AbortSignal.timeout(testLimitMs);
  try {
    const models = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Promptly: asking {0}', label) },
      async () => (await world.backends.open(backend)).listModels(signal),
    );
    void vscode.window.showInformationMessage(t('{0} accepts the key ({1} models).', label, models.length));
  } catch (error) {
    if (BackendError.is(error)) return presentRefusal(keys, backend, error);
    if (!signal.aborted) throw error;
    const message = t('{0} gave no answer within {1} s.', label, testLimitMs / 1000);
    void vscode.window.showErrorMessage(message);
  }
}

/** A key that is refused can be mended here; a service that is not there cannot. */
async function presentRefusal(keys: SecretKeys, backend: KeyedBackend, error: BackendError): Promise<void> {
  const message = `${error.message} ${error.hint ?? ''}`.trim();
  const isAboutKey = error.code === 'unauthorized' || error.code === 'key-missing';
  const buttons = isAboutKey ? [setLabel()] : [];
  await offerToSet(keys, backend, vscode.window.showErrorMessage(message, ...buttons));
}

async function offerToSet(
  keys: SecretKeys,
  backend: KeyedBackend,
  shown: Thenable<string | undefined>,
): Promise<void> {
  if ((await shown) === setLabel()) await setApiKey(keys, backend);
}

const setLabel = (): string => t('Set API Key');

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
