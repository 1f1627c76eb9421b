import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { Verdict } from '../../src/core/domain/verdict.ts';
import { asDifference, asNumber, asPercent, isRelative } from '../../src/core/reporting/numberWords.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type { PanelExperiment } from '../../src/protocol/panelReport.ts';
import { effectOf, type Effect } from './effectOf.ts';
import { confidenceNote, confidenceNumber, confidenceWords, counted } from './words.ts';

interface Labelled {
  readonly id: string;
  readonly label: string;
}

/** Longer names would push aside what is said of them. */
const labelLength = 60;

export function labelIn(variants: readonly Labelled[], id: string | null): string {
  return oneLine(variants.find((variant) => variant.id === id)?.label ?? id ?? '', labelLength);
}

/** The first thing one reads: who wins, or why nobody does yet. */
export function verdictView(experiment: PanelExperiment): TemplateResult {
  const { verdict, variants, confidenceLevel } = experiment;
  const effect = effectOf(experiment);
  return html`<section class="verdict ${verdict.outcome}" aria-labelledby="verdict-heading">
    <h2 id="verdict-heading">${icon(verdict)} ${headline(verdict, variants)}</h2>
    ${
      verdict.outcome === 'winner' && !verdict.survivesOneBadCase
        ? html`<p class="badge warning">Fragile: one bad case would overturn this</p>`
        : nothing
    }
    <p class="sentence">${verdict.sentence}</p>
    <dl class="facts">
      ${confidenceFact(verdict, confidenceLevel)}
      ${effect === null ? nothing : effectFact(effect, experiment)}
      ${
        verdict.chanceBest === null
          ? nothing
          : fact(
              `Chance ${labelIn(variants, verdict.leader)} is truly best`,
              asPercent(Math.min(0.999, Math.floor(verdict.chanceBest * 1000) / 1000)),
              'among these variants, on cases like these',
            )
      }
      ${settleFact(experiment)}
    </dl>
    <details>
      <summary>What confidence means</summary>
      <p>${confidenceNote}</p>
    </details>
  </section>`;
}

export function headline(verdict: Verdict, variants: readonly Labelled[]): string {
  const leader = labelIn(variants, verdict.leader);
  switch (verdict.outcome) {
    case 'winner':
      return `${labelIn(variants, verdict.winner)} wins`;
    case 'equivalent':
      return 'Equivalent: no difference worth having';
    case 'no_clear_winner':
      return verdict.leader === null ? 'No clear winner' : `No clear winner: ${leader} leads`;
    case 'not_enough_data':
      return 'Not enough data for a verdict';
    case 'running':
      return verdict.leader === null ? 'No variant leads yet' : `${leader} leads so far`;
  }
}

function icon(verdict: Verdict): TemplateResult {
  const path = {
    winner:
      'M5 2h6v5a3 3 0 0 1-6 0zM2 3h3v3a2 2 0 0 1-3-2zM14 3h-3v3a2 2 0 0 0 3-2zM7.3 9.5h1.4V12H11v2H5v-2h2.3z',
    equivalent: 'M3 5h10v2H3zM3 9h10v2H3z',
    no_clear_winner:
      'M7.2 2h1.6v1.6l4.4 1v1.6h-.6l2 4.3a2.4 2.4 0 0 1-4.4 0l1.9-4.3-3.3-.7V12H11v2H5v-2h2.2V5.5l-3.3.7 1.9 4.3a2.4 2.4 0 0 1-4.4 0l2-4.3h-.6V4.6l4.4-1z',
    not_enough_data: 'M7 3h2v6H7zM7 11h2v2H7z',
    running: 'M4 2h8v2L9 8l3 4v2H4v-2l3-4-3-4z',
  }[verdict.outcome];
  return html`<svg class="icon" viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
    ${svg`<path d=${path} />`}
  </svg>`;
}

export function fact(name: string, value: string, note: string | TemplateResult): TemplateResult {
  return html`<div class="fact">
    <dt>${name}</dt>
    <dd><strong>${value}</strong><span>${note}</span></dd>
  </div>`;
}

export function confidenceFact(verdict: Verdict, level: number): TemplateResult {
  const { confidence, leader } = verdict;
  const words = leader === null ? 'no variant leads' : confidenceWords(confidence, level);
  const note = html`${words}${meter(confidence ?? 0, level)}`;
  return fact(`Confidence (a winner needs ${asPercent(level)})`, confidenceNumber(verdict), note);
}

/** How far the confidence is on its way; its words stand beside it. */
function meter(confidence: number, level: number): TemplateResult {
  const enough = confidence >= level ? 'enough' : '';
  return html`<svg class="meter" height="10" aria-hidden="true">
    <rect class="meter-track" width="100%" height="6" y="2" rx="3" />
    <rect class="meter-fill ${enough}" width="${(100 * confidence).toFixed(1)}%" height="6" y="2" rx="3" />
    <line class="meter-level" x1="${100 * level}%" x2="${100 * level}%" y1="0" y2="10" />
  </svg>`;
}

function effectFact(effect: Effect, { metric, variants, confidenceLevel }: PanelExperiment): TemplateResult {
  const unit = isRelative(metric.name) ? '%' : '';
  const range = [effect.low, effect.high].map((end) => asNumber(end * 100, 1)).join(' to ');
  const record = `better on ${counted(effect.better, 'case')}, worse on ${effect.worse}, equal on ${effect.equal}`;
  return fact(
    `${labelIn(variants, effect.leader)} against ${labelIn(variants, effect.rival)}`,
    asDifference(effect.difference, metric.name),
    html`${range}${unit} at ${asPercent(confidenceLevel)}<br />${record}`,
  );
}

/** What would settle it; nothing where it is settled. */
function settleFact({ verdict, minEffect, metric }: PanelExperiment): TemplateResult | typeof nothing {
  const { forCurrentEffect, forMinEffect } = verdict.moreCases;
  if (verdict.outcome === 'winner' || verdict.outcome === 'equivalent') return nothing;
  if (verdict.reason === 'missing_data') {
    return fact('To settle it', 'Retry what failed', 'its results could overturn the lead');
  }
  const best = forCurrentEffect === 0 ? forMinEffect : (forCurrentEffect ?? forMinEffect);
  if (best === null) return nothing;
  const unit = isRelative(metric.name) ? '%' : ' points';
  const least =
    forMinEffect === null
      ? ''
      : `; ${forMinEffect} for the smallest worth having (${asNumber(minEffect * 100, 1)}${unit})`;
  return fact(
    'To settle it',
    `≈ ${counted(best, 'more case')}`,
    `for an 80% chance at this size of difference${least}`,
  );
}
