import type { ExperimentPlan, PlannedVariant } from '../../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../../core/domain/report.ts';
import { asConfidence, asPercent } from '../../../../core/reporting/numberWords.ts';
import { t } from '../../l10n.ts';

export interface Promotion {
  readonly variant: PlannedVariant;
  readonly report: Pick<AbReport, 'verdict' | 'variants' | 'confidenceLevel'>;
  /** Relative to the workspace. */
  readonly target: string;
  /** The winner's file, relative to the workspace; null: it never had one. */
  readonly source: string | null;
  readonly changedSince: boolean;
}

/** What promoting this variant means, in paragraphs; what speaks against it first. */
export function promotionWords(promotion: Promotion): string {
  const { variant, source, changedSince } = promotion;
  const isChain = variant.target.type === 'chain';
  const stay = isChain
    ? t('Name, test data and evaluators stay as they are, and so do the files of the steps.')
    : t('Name, test data and evaluators stay as they are.');
  return [
    warningWords(promotion),
    meaningWords(promotion),
    choiceWords(variant.choice),
    changedSince && source !== null
      ? t('{0} has changed since this run: what was tested is written, not what it says now.', source)
      : null,
    stay,
  ]
    .filter((part) => part !== null)
    .join('\n\n');
}

/** null where the verdict speaks for it. */
export function warningWords({ variant, report }: Pick<Promotion, 'variant' | 'report'>): string | null {
  const { verdict, variants, confidenceLevel } = report;
  const labelOf = (id: string | null): string => variants.find((one) => one.id === id)?.label ?? '';
  if (verdict.winner === variant.id) {
    return verdict.survivesOneBadCase ? null : t('Careful: one bad case would overturn this win.');
  }
  if (verdict.winner !== null) return t('Not the winner: {0} wins this test.', labelOf(verdict.winner));
  if (verdict.outcome === 'equivalent') {
    return t('The variants are equivalent: nothing speaks for this one but cost or speed.');
  }
  if (verdict.leader !== null && verdict.leader !== variant.id) {
    return t('Not shown to be better: {0} leads this test.', labelOf(verdict.leader));
  }
  if (verdict.reason === 'missing_data') {
    return t('Not shown to be better: results that are missing could overturn its lead.');
  }
  const { confidence } = verdict;
  if (confidence !== null && confidence >= confidenceLevel) {
    return t('Not shown to be better: the test ended before its lead was safe.');
  }
  return confidence === null
    ? t('Not shown to be better: the test has no winner.')
    : t(
        'Not shown to be better: the confidence is {0}, a winner needs {1}.',
        asConfidence(confidence),
        asPercent(confidenceLevel),
      );
}

function meaningWords({ variant, target, source }: Promotion): string {
  const isOwnFile = source === target;
  if (variant.ref !== null) {
    const commit = variant.commit?.slice(0, 7) ?? variant.ref;
    const place = variant.ref === variant.commit ? commit : `${variant.ref} (${commit})`;
    return isOwnFile
      ? t('Text, model and parameters go back to what they were at {0}.', place)
      : t('Text, model and parameters become those of {0} at {1}.', source ?? variant.prompt, place);
  }
  if (isOwnFile) return t('The model and the parameters that won become those of the file.');
  return source === null
    ? t('Text, model and parameters become those that the test was given.')
    : t('Text, model and parameters become those of {0}.', source);
}

/** What the variant says over its file. */
function choiceWords(choice: PlannedVariant['choice']): string | null {
  const { backend, model, modelParameters = {} } = choice ?? {};
  const said = [
    ...(backend === undefined ? [] : [`backend: ${backend}`]),
    ...(model === undefined ? [] : [`model: ${model}`]),
    ...Object.entries(modelParameters).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ];
  return said.length === 0 ? null : t('It brings {0}.', said.join(', '));
}

/** A file that the variant may be written into, and why. */
export interface PromotionTarget {
  readonly path: string;
  readonly why: string;
}

/** Files of the same kind in the working copy, the likeliest first; none where the winner is what its file says. */
export function promotionTargets(
  plan: Pick<ExperimentPlan, 'variants'>,
  winner: PlannedVariant,
): readonly PromotionTarget[] {
  const pathOf = ({ target }: PlannedVariant): string =>
    target.type === 'call' ? target.call.path : target.path;
  const kindOf = ({ target }: PlannedVariant): string =>
    target.type === 'call' ? target.call.file.kind : 'chain';
  const says = Object.keys(winner.choice?.modelParameters ?? {}).length > 0;
  const overrides = winner.choice?.backend !== undefined || winner.choice?.model !== undefined || says;
  const own = { path: pathOf(winner), why: t('its own file') };
  const others = plan.variants
    .filter((variant) => kindOf(variant) === kindOf(winner) && pathOf(variant) !== own.path)
    .map((variant, at) => ({
      path: pathOf(variant),
      why: at === 0 ? t('the file it was tested against') : variant.label,
    }));
  const all = winner.commit !== null || overrides ? [own, ...others] : others;
  return all.filter(({ path }, at) => all.findIndex((other) => other.path === path) === at);
}
