import * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { BackendId } from '../../../core/domain/backendId.ts';
import type { ModelBackend } from '../../../core/ports/modelBackend.ts';
import { toAbortSignal } from '../abortSignal.ts';
import { t } from '../l10n.ts';
import { shownModel } from '../shownModel.ts';

/** Fetches a model once the user has agreed, with progress and a way to stop. True when it is there. */
export async function installModel(engine: Engine, id: BackendId, model: string): Promise<boolean> {
  const backend = await engine.world.backends.open(id);
  const install = backend.install?.bind(backend);
  if (install === undefined) return true;
  const agree = id === 'builtin' ? t('Download') : t('Pull');
  const detail = await whatIsFetched(backend);
  const name = shownModel(model === '' ? (backend.defaultModel ?? id) : model);
  const question = t('Fetch the model {0}?', name);
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, agree);
  if (answer !== agree) return false;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true },
    async (progress, token) => {
      let done = 0;
      progress.report({ message: t('Fetching {0}…', name) });
      const signal = toAbortSignal(token);
      try {
        await install(
          model,
          ({ message, fraction }) => {
            const next = fraction === null ? done : Math.max(done, fraction * 100);
            progress.report({ message, increment: next - done });
            done = next;
          },
          signal,
        );
        return true;
      } catch (error) {
        if (!signal.aborted) tellFailure(error);
        return false;
      }
    },
  );
}

/** The embedded backend knows what it would fetch and how large it is. */
async function whatIsFetched(backend: ModelBackend): Promise<string> {
  const health = await backend.checkHealth(AbortSignal.timeout(4_000));
  if (health.status === 'needs-setup') return health.hint;
  return t('The download may be several gigabytes. It can be stopped at any time.');
}

function tellFailure(error: unknown): void {
  if (!BackendError.is(error)) throw error;
  void vscode.window.showErrorMessage(`${error.message} ${error.hint ?? ''}`.trim());
}
