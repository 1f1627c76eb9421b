import * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { Route } from '../../../core/domain/runEvent.ts';
import { t } from '../l10n.ts';

/**
 * Before the first run on a service that is not on this machine: says what is sent where. Asked once for each backend and
 * server; the editor's own language models have a consent dialog of their own.
 */
export async function confirmOnline(engine: Engine, route: Route, memory: vscode.Memento): Promise<boolean> {
  const { backend, model } = route;
  const description = engine.world.backends.list().find(({ id }) => id === backend);
  if (description?.local !== false || backend === 'copilot') return true;
  const host = hostOf(description.address);
  const key = `promptly.onlineConsent.${backend}${host === '' ? '' : `@${host}`}`;
  if (memory.get(key) === true) return true;
  const run = t('Run');
  const message = t('Send this prompt to {0}?', description.label);
  const detail = t(
    'The prompt, its inputs and attached files are sent to {0} (model {1}), which may charge for it. This is asked once.',
    host === '' ? description.label : t('{0} at {1}', description.label, host),
    model,
  );
  if ((await vscode.window.showInformationMessage(message, { modal: true, detail }, run)) !== run)
    return false;
  await memory.update(key, true);
  return true;
}

/** Of a server that somebody chose; '' for the service's own. What else is in an address may be secret. */
const hostOf = (address = ''): string => (URL.canParse(address) ? new URL(address).host : '');
