import { html, nothing, type TemplateResult } from 'lit-html';
import type { CostRatio } from '../../src/core/domain/comparison.ts';
import { asCost, asNumber } from '../../src/core/reporting/numberWords.ts';
import type { PanelExperiment } from '../../src/protocol/panelReport.ts';
import { plainTable } from '../charts/figure.ts';
import { labelIn } from './verdictView.ts';

/** Tokens and money: sums as they were spent, and how the variants compare per case. */
export function costTable({ variants, comparisons }: PanelExperiment): TemplateResult {
  const whole = (value: number | null): string =>
    value === null ? '–' : Math.round(value).toLocaleString('en');
  const ratios = comparisons.filter(({ ratios: { latency, tokens, cost } }) => latency ?? tokens ?? cost);
  return html`<section class="card" aria-labelledby="cost-heading">
    <h3 id="cost-heading">Tokens and cost</h3>
    ${plainTable(
      'Tokens and cost of each variant',
      ['Variant', 'Tokens in', 'Tokens out', 'Cost', 'Judging'],
      variants.map(({ label, tokens, costUsd, judgeCostUsd }) => [
        label,
        whole(tokens.input),
        whole(tokens.output),
        asCost(costUsd),
        asCost(judgeCostUsd),
      ]),
    )}
    ${
      ratios.length === 0
        ? nothing
        : plainTable(
            'How the variants compare per case',
            ['Per case', 'Time', 'Tokens', 'Cost'],
            ratios.map(({ a, b, ratios: { latency, tokens, cost } }) => [
              `${labelIn(variants, b)} / ${labelIn(variants, a)}`,
              ...[latency, tokens, cost].map(asRatio),
            ]),
          )
    }
  </section>`;
}

function asRatio(ratio: CostRatio | null): string {
  if (ratio === null) return '–';
  const value = `× ${asNumber(ratio.ratio, 2)}`;
  return ratio.low === null || ratio.high === null
    ? value
    : `${value} (${asNumber(ratio.low, 2)} to ${asNumber(ratio.high, 2)})`;
}
