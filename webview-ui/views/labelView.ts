import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { HumanLabel } from '../../src/core/domain/humanLabel.ts';
import { asNumber } from '../../src/core/reporting/numberWords.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type { PanelAgreement, PanelRunFacts } from '../../src/protocol/panelActs.ts';
import { plainTable } from '../charts/figure.ts';
import { counted } from './words.ts';

export interface Labelling {
  /** null: none given. */
  readonly label: HumanLabel['label'] | null;
  readonly give: (label: HumanLabel['label'] | null) => void;
}

const words = { good: 'Good', bad: 'Bad' } as const;
const keys: Readonly<Record<string, HumanLabel['label']>> = { '+': 'good', '-': 'bad' };
const thumb =
  'M1 7h3v7H1zM5 7l2.6-5.6C9 1.4 9.7 2.5 9.4 3.9L9 6h4.2c1 0 1.7.9 1.5 1.9l-1 4.7c-.2.8-.9 1.4-1.7 1.4H5z';

/** A thumb up and a thumb down; pressing the one that is down takes the label back. */
export function labelButtons(of: string, { label, give }: Labelling): TemplateResult {
  const one = (word: HumanLabel['label'], key: string): TemplateResult =>
    html`<button
      class="chip thumb ${word}"
      aria-pressed=${label === word}
      aria-keyshortcuts=${key}
      title="${words[word]} (${key})"
      @click=${() => give(label === word ? null : word)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${svg`<path d=${thumb} />`}</svg>
      ${words[word]}
    </button>`;
  return html`<div class="thumbs" role="group" aria-label=${`Your label for the output of ${of}`}>
    ${one('good', '+')}${one('bad', '-')}
  </div>`;
}

/** `+` and `-` anywhere in an output label it; 0 takes the label back. */
export function labelByKey(event: KeyboardEvent, { give }: Labelling): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const label = keys[event.key];
  if (label === undefined && event.key !== '0') return;
  event.preventDefault();
  give(label ?? null);
}

/** How far the evaluators agree with the labels. */
export function agreementView({ labels, agreements }: PanelRunFacts): TemplateResult | typeof nothing {
  if (labels.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="agreement-heading">
    <h2 id="agreement-heading">Agreement with your ${counted(labels.length, 'label')}</h2>
    ${plainTable(
      'Agreement of the evaluators with your labels',
      ['Evaluator', 'Outputs', 'Agreement', 'Cohen’s kappa'],
      agreements.map((one) => [
        one.evaluator === null ? 'All together (pass or fail)' : oneLine(one.evaluator, 60),
        String(one.n),
        agreementWords(one),
        one.kappa === null ? '–' : asNumber(one.kappa, 2),
      ]),
    )}
    <p class="dim">
      Kappa is agreement beyond chance: 1 is full, 0 is what guessing would reach. With few labels, or labels
      that are all alike, it says little.
    </p>
  </section>`;
}

const agreementWords = ({ n, agreed }: PanelAgreement): string =>
  n === 0 ? '–' : `${asNumber((100 * agreed) / n, 0)}% (${agreed} of ${n})`;
