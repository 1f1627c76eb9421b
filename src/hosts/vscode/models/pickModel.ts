import * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { BackendId } from '../../../core/domain/backendId.ts';
import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import { t } from '../l10n.ts';
import type { ModelPick, Offer, OfferChoice, OfferLine } from './modelOffers.ts';
import { modelOffers } from './modelOffers.ts';

interface PickQuestion {
  readonly title: string;
  readonly current?: ModelPick | 'auto';
  /** The models of this backend alone. */
  readonly only?: BackendId | undefined;
  /** Offers to leave the choice to Promptly. */
  readonly withAutomatic?: boolean;
}
type PickItem = vscode.QuickPickItem & { readonly choice?: OfferChoice };

const askLimitMs = 4_000;

/** All models of all backends that answer, in one list. undefined: dismissed. */
export async function pickModel(engine: Engine, title: string): Promise<ModelPick | undefined> {
  const picked = await pickModelOrAutomatic(engine, { title });
  return picked === 'auto' ? undefined : picked;
}

/** The same for a default, which may be `'auto'`. */
export async function pickModelOrAutomatic(
  engine: Engine,
  { title, current, only, withAutomatic = false }: PickQuestion,
): Promise<ModelPick | 'auto' | undefined> {
  const picker = vscode.window.createQuickPick<PickItem>();
  picker.title = title;
  picker.placeholder = t('Asking the backends for their models…');
  picker.busy = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const picked = new Promise<OfferChoice | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const choice = picker.selectedItems[0]?.choice;
      if (choice !== undefined) resolve(choice);
    });
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  const backends = engine.world.backends.list().filter(({ id }) => only === undefined || id === only);
  const offers = await Promise.all(backends.map((backend) => look(engine, backend)));
  picker.items = modelOffers(offers, current, withAutomatic).map(toItem);
  picker.placeholder = t('Backend and model');
  picker.busy = false;
  const choice = await picked;
  picker.dispose();
  if (choice?.type === 'automatic') return 'auto';
  return choice?.type === 'name' ? askName(title, choice.backend) : choice?.pick;
}

const toItem = (line: OfferLine): PickItem =>
  line.choice === undefined ? { ...line, kind: vscode.QuickPickItemKind.Separator } : line;

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

async function askName(title: string, backend: BackendId): Promise<ModelPick | undefined> {
  const model = await vscode.window.showInputBox({
    title,
    prompt: t('The model’s id, as {0} knows it', backend),
  });
  return model === undefined || model.trim() === ''
    ? undefined
    : { backend, model: model.trim(), toInstall: true };
}
