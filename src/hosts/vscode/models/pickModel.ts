import * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { BackendId } from '../../../core/domain/backendId.ts';
import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import type { BackendHealth, ModelInfo } from '../../../core/ports/modelBackend.ts';
import { t } from '../l10n.ts';

export interface ModelPick {
  readonly backend: BackendId;
  /** undefined: whatever that backend takes by default. */
  readonly model?: string;
  /** The model is not there yet and has to be fetched first. */
  readonly toInstall?: boolean;
}

interface Offer {
  readonly description: BackendDescription;
  readonly health: BackendHealth;
  readonly models: readonly ModelInfo[];
  readonly installs: boolean;
}
type PickItem = vscode.QuickPickItem & { readonly pick?: ModelPick | 'name'; readonly of?: BackendId };

const askLimitMs = 4_000;

/** All models of all backends that answer (or of `only` one), in one list. undefined: dismissed. */
export async function pickModel(
  engine: Engine,
  title: string,
  current: ModelPick | undefined,
  only?: BackendId,
): Promise<ModelPick | undefined> {
  const picker = vscode.window.createQuickPick<PickItem>();
  picker.title = title;
  picker.placeholder = t('Asking the backends for their models…');
  picker.busy = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const picked = new Promise<PickItem | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const item = picker.selectedItems[0];
      if (item?.pick !== undefined) resolve(item);
    });
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  const backends = engine.world.backends.list().filter(({ id }) => only === undefined || id === only);
  const offers = await Promise.all(backends.map((backend) => look(engine, backend)));
  picker.items = offers.flatMap((offer) => itemsOf(offer, current));
  picker.placeholder = t('Backend and model');
  picker.busy = false;
  const item = await picked;
  picker.dispose();
  if (item?.pick === undefined) return undefined;
  if (item.pick !== 'name') return item.pick;
  return item.of === undefined ? undefined : askName(title, item.of);
}

async function look(engine: Engine, description: BackendDescription): Promise<Offer> {
  const signal = AbortSignal.timeout(askLimitMs);
  try {
    const backend = await engine.world.backends.open(description.id);
    const health = await backend.checkHealth(signal);
    const models = health.status === 'ready' ? await backend.listModels(signal).catch(() => []) : [];
    return { description, health, models, installs: backend.install !== undefined };
  } catch {
    const health = { status: 'unavailable', detail: t('no answer'), hint: '' } as const;
    return { description, health, models: [], installs: false };
  }
}

function itemsOf({ description, health, models, installs }: Offer, current?: ModelPick): PickItem[] {
  const { id, label } = description;
  const separator: PickItem = { label, kind: vscode.QuickPickItemKind.Separator };
  if (health.status === 'needs-setup') {
    const pick = { backend: id, toInstall: installs };
    return [
      separator,
      { label: `$(cloud-download) ${label}`, description: health.detail, detail: health.hint, pick },
    ];
  }
  if (health.status === 'unavailable') {
    return [separator, { label, description: health.detail, detail: health.hint, pick: { backend: id } }];
  }
  const named = models.map((model): PickItem => {
    const isCurrent = current?.backend === id && current.model === model.id;
    const notes = [isCurrent ? t('current') : '', model.label ?? '', sizeOf(model)].filter(
      (note) => note !== '',
    );
    return { label: model.id, description: notes.join(' · '), pick: { backend: id, model: model.id } };
  });
  const other = installs ? t('Another model (fetched if it is missing)…') : t('Another model…');
  return [separator, ...named, { label: `$(edit) ${label}: ${other}`, pick: 'name', of: id }];
}

async function askName(title: string, backend: BackendId): Promise<ModelPick | undefined> {
  const model = await vscode.window.showInputBox({
    title,
    prompt: t('The model’s id, as {0} knows it', backend),
  });
  return model === undefined || model.trim() === ''
    ? undefined
    : { backend, model: model.trim(), toInstall: true };
}

const sizeOf = ({ sizeBytes }: ModelInfo): string =>
  sizeBytes === undefined ? '' : `${(sizeBytes / 1e9).toFixed(1)} GB`;
