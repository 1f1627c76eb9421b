import type { BackendId } from '../../core/domain/backendId.ts';
import type { FailureCode } from '../../core/domain/failure.ts';
import { t } from './l10n.ts';
import { isKeyedBackend } from './secretStorage.ts';

/** What a button under a failure does. */
export type FailureAction =
  | { readonly type: 'start-ollama' | 'manage-trust' | 'show-log' | 'show-output' | 'run-again' }
  | { readonly type: 'select-backend' | 'select-model' }
  | { readonly type: 'install-model'; readonly backend: BackendId; readonly model: string }
  | { readonly type: 'set-key'; readonly backend: BackendId }
  | { readonly type: 'open-settings'; readonly query: string };

export interface OfferedAction {
  readonly label: string;
  readonly action: FailureAction;
}

/** Where the failure happened; null when no backend was chosen. */
export type FailurePlace = { readonly backend: BackendId; readonly model: string } | null;

const runAgain = (): OfferedAction => ({ label: t('Run Again'), action: { type: 'run-again' } });
const showOutput = (): OfferedAction => ({ label: t('Show Output'), action: { type: 'show-output' } });
const showLog = (): OfferedAction => ({ label: t('Show Log'), action: { type: 'show-log' } });
const selectModel = (): OfferedAction => ({ label: t('Select Model'), action: { type: 'select-model' } });
const selectBackend = (): OfferedAction => ({
  label: t('Select Backend'),
  action: { type: 'select-backend' },
});
const openSettings = (query: string): OfferedAction => ({
  label: t('Open Settings'),
  action: { type: 'open-settings', query },
});

const keyAction = (place: FailurePlace): OfferedAction =>
  place !== null && isKeyedBackend(place.backend)
    ? { label: t('Set API Key'), action: { type: 'set-key', backend: place.backend } }
    : selectBackend();

function missingModel(place: FailurePlace): OfferedAction {
  if (place === null || place.model === '') return selectModel();
  const action = { type: 'install-model', backend: place.backend, model: place.model } as const;
  if (place.backend === 'ollama') return { label: t('Pull Model'), action };
  if (place.backend === 'builtin') return { label: t('Download Embedded Model'), action };
  return selectModel();
}

const notRunning = (place: FailurePlace): OfferedAction =>
  place?.backend === 'ollama'
    ? { label: t('Start Ollama'), action: { type: 'start-ollama' } }
    : place?.backend === 'openai'
      ? openSettings('promptly.openai.baseUrl')
      : selectBackend();

/** For every failure the one thing to do about it; null where nothing has to be done. */
const actionFor = {
  cancelled: null,
  'timed-out': () => openSettings('promptly.timeoutSeconds'),
  'rate-limited': runAgain,
  'key-missing': keyAction,
  unauthorized: keyAction,
  'backend-not-running': notRunning,
  'model-not-found': missingModel,
  unreachable: runAgain,
  rejected: showOutput,
  'context-too-long': selectModel,
  'bad-response': runAgain,
  interrupted: runAgain,
  'not-recorded': showLog,
  'executor-failed': () => openSettings('promptly.executors'),
  untrusted: () => ({ label: t('Manage Workspace Trust'), action: { type: 'manage-trust' } }),
  'over-budget': showOutput,
  internal: showLog,
} as const satisfies Record<FailureCode, ((place: FailurePlace) => OfferedAction) | null>;

export function offeredAction(code: FailureCode, place: FailurePlace): OfferedAction | null {
  return actionFor[code]?.(place) ?? null;
}
