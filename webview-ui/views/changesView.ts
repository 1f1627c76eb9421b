import { html, nothing, type TemplateResult } from 'lit-html';
import { asMetric } from '../../src/core/reporting/numberWords.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type {
  PanelCaseChange,
  PanelRunComparison,
  PanelVariantChange,
} from '../../src/protocol/panelActs.ts';
import type { Acts } from '../acts.ts';
import { button } from '../components.ts';
import { momentOf } from './historyView.ts';

/** What became better and worse since another run of the test. */
export function changesView(comparison: PanelRunComparison, acts: Acts): TemplateResult {
  const { variants, onlyBefore, onlyAfter, metric } = comparison;
  return html`<section class="card changes-of" aria-labelledby="changes-heading">
    <div class="toolbar">
      <h2 id="changes-heading" tabindex="-1">Compared with the run of ${momentOf(comparison)}</h2>
      <span class="grow"></span>
      ${button({
        label: 'Close',
        accessibleName: 'Close the comparison',
        onClick: () => {
          acts.send({ type: 'comparison-closed' });
          acts.focus('#history-heading');
        },
      })}
    </div>
    ${variants.map((variant) => variantView(variant, metric, acts))}
    ${onlyWords('Only in that run', onlyBefore)} ${onlyWords('Only in this run', onlyAfter)}
  </section>`;
}

function variantView(variant: PanelVariantChange, metric: string, acts: Acts): TemplateResult {
  const { label, sentence, better, worse, betterCount, worseCount } = variant;
  return html`<h3>${label}</h3>
    <p>${sentence}</p>
    ${caseList('Worse', worse, worseCount, metric, acts)}
    ${caseList('Better', better, betterCount, metric, acts)}`;
}

function caseList(
  word: string,
  changes: readonly PanelCaseChange[],
  count: number,
  metric: string,
  acts: Acts,
): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  const mark = word === 'Worse' ? html`<span class="bad">▼</span>` : html`<span class="good">▲</span>`;
  return html`<details ?open=${word === 'Worse'}>
    <summary>${mark} ${word}: ${count}</summary>
    <ul class="changes">
      ${changes.map(
        ({ caseId, before, after }) =>
          html`<li>
            <button
              class="link"
              @click=${() => {
                acts.send({ type: 'case-opened', caseId });
                acts.post({ type: 'case-requested', caseId });
                acts.focus('#case-heading');
              }}
            >
              ${oneLine(caseId, 60)}
            </button>
            ${asMetric(before, metric)} → ${asMetric(after, metric)}
          </li>`,
      )}
    </ul>
    ${count > changes.length ? html`<p class="dim">The first ${changes.length} of ${count}.</p>` : nothing}
  </details>`;
}

const onlyWords = (words: string, labels: readonly string[]): TemplateResult | typeof nothing =>
  labels.length === 0 ? nothing : html`<p class="dim">${words}: ${labels.join(', ')}.</p>`;
