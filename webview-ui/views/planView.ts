import { html, nothing, type TemplateResult } from 'lit-html';
import { asCost, asNumber, asPercent, isRelative } from '../../src/core/reporting/numberWords.ts';
import type { PanelPlan, PanelPlanFacts } from '../../src/protocol/panelPlan.ts';
import type { Acts } from '../acts.ts';
import { button } from '../components.ts';
import { metricWords } from './statisticsView.ts';
import { fact } from './verdictView.ts';
import { counted } from './words.ts';

/** What will run, and what it will take, before the first call. */
export function planView(plan: PanelPlan, acts: Acts): TemplateResult {
  const { facts } = plan;
  return html`<header class="page-head">
      <div>
        <h1>${plan.title}</h1>
        <p class="dim">${plan.file}</p>
      </div>
      <div class="toolbar" role="toolbar" aria-label="A/B test">
        ${button({ label: 'Edit File', onClick: () => acts.post({ type: 'file-requested' }) })}
        ${button({
          label: 'Start',
          accessibleName: 'Start the A/B test',
          primary: true,
          disabled: facts === null,
          onClick: () => acts.post({ type: 'start-requested' }),
        })}
      </div>
    </header>
    ${facts === null ? nothing : factsView(facts)}
    ${
      plan.problems.length === 0
        ? nothing
        : html`<section class="card" aria-labelledby="problems-heading">
            <h2 id="problems-heading">${facts === null ? 'It cannot start yet' : 'Warnings'}</h2>
            <ul class="failures">
              ${plan.problems.map(
                ({ place, message }) => html`<li>${message} <span class="dim">${place}</span></li>`,
              )}
            </ul>
          </section>`
    }`;
}

function factsView(facts: PanelPlanFacts): TemplateResult {
  const { variants, estimate, cases, repetitions } = facts;
  const judges = estimate.judgeCalls === 0 ? '' : ` and about ${estimate.judgeCalls} by judges`;
  const tokens = `about ${estimate.inputTokens.toLocaleString('en')} tokens in, ${estimate.outputTokens.toLocaleString('en')} out`;
  return html`<section class="verdict running" aria-labelledby="plan-heading">
      <h2 id="plan-heading">
        ${counted(variants.length, 'variant')} on
        ${counted(cases, 'case')}${repetitions > 1 ? `, ${repetitions} times each` : ''}
      </h2>
      <dl class="facts">
        ${fact('Calls', estimate.calls.toLocaleString('en'), `${judges === '' ? 'none by judges' : judges.trim()}; ${tokens}`)}
        ${fact('Time', minutesWords(estimate.minutes), 'roughly, on these backends')}
        ${fact('Cost', asCost(estimate.costUsd), 'estimated, without judges')}
        ${fact(metricWords(facts.metric), `${asPercent(facts.confidenceLevel)} confidence`, rulesWords(facts))}
      </dl>
    </section>
    <section class="card" aria-labelledby="variants-heading">
      <h2 id="variants-heading">Variants</h2>
      <ul class="failures">
        ${variants.map(({ label, detail }) => html`<li><b>${label}</b> <span class="dim">${detail}</span></li>`)}
      </ul>
    </section>
    ${
      facts.notices.length === 0
        ? nothing
        : html`<section class="card" aria-labelledby="notices-heading">
            <h2 id="notices-heading">Good to know</h2>
            <ul class="failures">
              ${facts.notices.map((notice) => html`<li>${notice}</li>`)}
            </ul>
          </section>`
    }`;
}

function rulesWords({ metric, minEffect, stopEarly }: PanelPlanFacts): string {
  const unit = isRelative(metric) ? '%' : ' points';
  const least = `a difference of ${asNumber(minEffect * 100, 1)}${unit} is worth having`;
  return stopEarly ? `${least}; stops as soon as the winner is certain` : least;
}

function minutesWords(minutes: number): string {
  if (minutes < 1) return 'under a minute';
  if (minutes < 90) return `≈ ${Math.round(minutes)} min`;
  return `≈ ${asNumber(minutes / 60, 1)} h`;
}
