import type { BackendId } from '../../../core/domain/backendId.ts';
import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import type { BackendHealth, ModelInfo } from '../../../core/ports/modelBackend.ts';
import { t } from '../l10n.ts';
import { isKeyedBackend } from '../secretStorage.ts';
import { shownModel } from '../shownModel.ts';

/** The first that is ready: what runs where nothing is chosen. */
export interface AutomaticNode {
  readonly type: 'automatic';
  readonly backend: 'auto';
  readonly isDefault: boolean;
}
export interface BackendNode {
  readonly type: 'backend';
  readonly backend: BackendId;
  readonly description: BackendDescription;
  readonly isDefault: boolean;
}
export interface ModelNode {
  readonly type: 'model';
  readonly backend: BackendId;
  readonly model: string;
  readonly info: ModelInfo;
  /** The backend's default. */
  readonly isDefault: boolean;
}
export interface NoModelsNode {
  readonly type: 'no-models';
  readonly backend: BackendId;
  readonly text: string;
}
export type BackendListNode = AutomaticNode | BackendNode | ModelNode | NoModelsNode;

/** What is known of a backend; undefined while it is being asked. */
export interface BackendState {
  readonly health: BackendHealth;
  /** It can fetch models. */
  readonly installs: boolean;
}

export function backendIcon(state: BackendState | undefined): {
  readonly icon: string;
  readonly color: string | null;
} {
  switch (state?.health.status) {
    case undefined:
      return { icon: 'loading~spin', color: null };
    case 'ready':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'needs-setup':
      return { icon: 'tools', color: 'problemsWarningIcon.foreground' };
    case 'unavailable':
      return { icon: 'circle-slash', color: 'testing.iconSkipped' };
  }
}

const statusWords: Record<BackendHealth['status'], () => string> = {
  ready: () => t('ready'),
  'needs-setup': () => t('needs setup'),
  unavailable: () => t('not available'),
};

/** `default · ready`; why it is not is in the tooltip. */
export function backendWords(state: BackendState | undefined, isDefault: boolean): string {
  const status = state === undefined ? t('checking…') : statusWords[state.health.status]();
  return [isDefault ? t('default') : '', status].filter(Boolean).join(' · ');
}

/** For the `when` clauses of the menu. */
export function backendContext({ backend, isDefault }: BackendNode, state: BackendState | undefined): string {
  return [
    'promptly.backend',
    ...(isKeyedBackend(backend) ? ['keyed'] : []),
    ...(state?.installs === true ? ['installs'] : []),
    ...(state?.installs === true && state.health.status === 'needs-setup' ? ['setup'] : []),
    ...(state?.health.status === 'ready' ? ['ready'] : []),
    ...(isDefault ? ['default'] : []),
  ].join(';');
}

/** What a model's label says besides its name. */
export function labelWords({ id, label = '' }: ModelInfo): string {
  const known = [id, shownModel(id)].find((name) => label.startsWith(name)) ?? '';
  return label.slice(known.length).replace(/^[ ·,]+/, '');
}

export const sizeWords = ({ sizeBytes }: ModelInfo): string =>
  sizeBytes === undefined ? '' : `${(sizeBytes / 1e9).toFixed(1)} GB`;
