import type { BackendId } from '../../../core/domain/backendId.ts';
import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import type { BackendHealth, ModelInfo } from '../../../core/ports/modelBackend.ts';
import { t } from '../l10n.ts';
import { shownModel } from '../shownModel.ts';
import { labelWords, sizeWords } from '../views/backendNodes.ts';

export interface ModelPick {
  readonly backend: BackendId;
  /** undefined: whatever that backend takes by default. */
  readonly model?: string;
  /** The model is not there yet and has to be fetched first. */
  readonly toInstall?: boolean;
}

/** What one backend has to offer, as far as it answered. */
export interface Offer {
  readonly description: BackendDescription;
  readonly health: BackendHealth;
  readonly models: readonly ModelInfo[];
  readonly installs: boolean;
}

/** A line of the list; one without a `choice` is a heading. */
export interface OfferLine {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly choice?: OfferChoice;
}
export type OfferChoice =
  | { readonly type: 'model'; readonly pick: ModelPick }
  | { readonly type: 'automatic' }
  /** Asks for the model's id. */
  | { readonly type: 'name'; readonly backend: BackendId };

/**
 * The lines of the model picker: first what answers at once, last what cannot answer now.
 *
 * @param current What holds now; `'auto'`: the first that is ready.
 */
export function modelOffers(
  offers: readonly Offer[],
  current: ModelPick | 'auto' | undefined,
  withAutomatic: boolean,
): readonly OfferLine[] {
  const of = (status: BackendHealth['status']): readonly Offer[] =>
    offers.filter(({ health }) => health.status === status);
  const unavailable = of('unavailable');
  return [
    ...(withAutomatic ? [automaticLine(current === 'auto')] : []),
    ...of('ready').flatMap((offer) => readyLines(offer, current)),
    ...of('needs-setup').flatMap(setupLines),
    ...(unavailable.length === 0 ? [] : [{ label: t('Not available now') }, ...unavailable.map(absentLine)]),
  ];
}

const automaticLine = (isCurrent: boolean): OfferLine => ({
  label: `$(sparkle) ${t('Automatic')}`,
  description: [t('the first that is ready'), ...(isCurrent ? [t('current')] : [])].join(' · '),
  choice: { type: 'automatic' },
});

function readyLines(
  { description, models, installs }: Offer,
  current: ModelPick | 'auto' | undefined,
): OfferLine[] {
  const { id, label } = description;
  const named = models.map((model): OfferLine => {
    const isCurrent = current !== 'auto' && current?.backend === id && current.model === model.id;
    const notes = [isCurrent ? t('current') : '', labelWords(model), sizeWords(model)];
    return {
      label: shownModel(model.id),
      description: notes.filter((note) => note !== '').join(' · '),
      choice: { type: 'model', pick: { backend: id, model: model.id } },
    };
  });
  const other = installs ? t('Another model (fetched if it is missing)…') : t('Another model…');
  const naming: OfferLine = {
    label: `$(edit) ${label}: ${other}`,
    choice: { type: 'name', backend: id },
  };
  // Scripted answers come from no model, so there is no other one to name.
  return [{ label }, ...named, ...(id === 'scripted' ? [] : [naming])];
}

function setupLines({ description, health, installs }: Offer): OfferLine[] {
  const { id, label } = description;
  const pick = { backend: id, toInstall: installs };
  return [
    { label },
    { ...wordsOf(health), label: `$(cloud-download) ${label}`, choice: { type: 'model', pick } },
  ];
}

const absentLine = ({ description: { id, label }, health }: Offer): OfferLine => ({
  label: `$(circle-slash) ${label}`,
  ...wordsOf(health),
  choice: { type: 'model', pick: { backend: id } },
});

const wordsOf = (health: BackendHealth): { readonly description: string; readonly detail?: string } =>
  health.status === 'ready' || health.hint === ''
    ? { description: health.detail }
    : { description: health.detail, detail: health.hint };
