import { html, nothing, type TemplateResult } from 'lit-html';
import { asCost, asNumber } from '../../src/core/reporting/numberWords.ts';
import { plainText } from '../../src/core/reporting/plainText.ts';
import type { PanelPlanFacts } from '../../src/protocol/panelPlan.ts';
import type { PanelSetup } from '../../src/protocol/setup.ts';
import type { Acts } from '../acts.ts';
import { button } from '../components.ts';
import { setupForm } from '../setupForm.ts';
import type { SetupState } from '../state/setupState.ts';
import { casesSection } from './setupCases.ts';
import { evaluatorsSection } from './setupEvaluators.ts';
import { field } from './setupFieldViews.ts';
import { rulesSection } from './setupRules.ts';
import { variantsSection } from './setupVariants.ts';
import { counted } from './words.ts';

/** An A/B test before its first call: everything that decides it, and what it will take. */
export function setupView(state: SetupState, acts: Acts): TemplateResult {
  const form = setupForm(state, acts);
  const { setup } = state;
  return html`${stickyHead(setup, form.locked, acts)} ${lockBanner(setup, acts)}
    <form class="setup" @submit=${(event: Event) => event.preventDefault()}>
      <div class="fields">
        ${field(form, { path: ['name'], label: 'Name', placeholder: setup.title })}
        ${field(form, { path: ['description'], label: 'What it is to find out', class: 'wide' })}
      </div>
      ${variantsSection(form)} ${casesSection(form)} ${evaluatorsSection(form)} ${rulesSection(form)}
    </form>
    ${problemsCard(setup, acts)} ${noticesCard(setup.facts)}`;
}

function stickyHead(setup: PanelSetup, locked: boolean, acts: Acts): TemplateResult {
  const { facts, file, planning } = setup;
  return html`<header class="page-head sticky">
    <div class="setup-title">
      <h1>${setup.title}</h1>
      <p class="dim">${file ?? 'Not saved to a file'}</p>
    </div>
    <div class="toolbar" role="toolbar" aria-label="A/B test">
      ${
        file === null
          ? button({
              label: 'Save as A/B Test File…',
              disabled: locked,
              onClick: () => acts.post({ type: 'setup-asked', ask: 'save', at: null }),
            })
          : button({
              label: 'Show File',
              onClick: () => acts.post({ type: 'file-requested', line: null, column: null }),
            })
      }
      ${button({
        label: 'Start',
        accessibleName: 'Start the A/B test',
        primary: true,
        disabled: facts === null || setup.lock?.startable === false,
        onClick: () => acts.post({ type: 'start-requested' }),
      })}
    </div>
    <section class="estimate" aria-labelledby="plan-heading" aria-busy=${planning}>
      <h2 id="plan-heading">${planWords(setup)}</h2>
      ${facts === null ? nothing : estimateFacts(facts, acts)}
    </section>
    <p class="hidden" role="status">${planning ? '' : spoken(setup)}</p>
  </header>`;
}

function planWords({ facts, problems, planning }: PanelSetup): string {
  if (facts === null) {
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    if (planning && errors === 0) return 'Working out what it takes…';
    return errors === 0 ? 'It cannot start yet' : `It cannot start yet: ${counted(errors, 'problem')}`;
  }
  const { variants, cases, repetitions } = facts;
  const times = repetitions > 1 ? `, ${repetitions} times each` : '';
  return `${counted(variants.length, 'variant')} on ${counted(cases, 'case')}${times}`;
}

function estimateFacts({ estimate, notices }: PanelPlanFacts, acts: Acts): TemplateResult {
  const { calls, judgeCalls, inputTokens, outputTokens, minutes, costUsd } = estimate;
  const number = (value: number): string => value.toLocaleString('en');
  const judges = judgeCalls === 0 ? '' : ` + ${number(judgeCalls)} by judges`;
  const one = (name: string, value: string | TemplateResult): TemplateResult =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl>
    ${one('Calls', `${number(calls)}${judges}`)} ${one('Time', minutesWords(minutes))}
    ${one('Tokens', `${number(inputTokens)} in, ${number(outputTokens)} out`)}
    ${one('Cost', costUsd === null ? 'not known' : `${asCost(costUsd)}${judgeCalls === 0 ? '' : ' without judges'}`)}
    ${notices.length === 0 ? nothing : one('Good to know', noticesLink(notices.length, acts))}
  </dl>`;
}

/** The notices stand below the form; said here, nobody starts without having heard of them. */
const noticesLink = (count: number, acts: Acts): TemplateResult =>
  html`<button class="link" @click=${() => acts.focus('#notices-heading')}>
    ${counted(count, 'remark')}
  </button>`;

function spoken({ facts, problems }: PanelSetup): string {
  if (facts !== null)
    return `It can start: ${counted(facts.estimate.calls, 'call')}, ${minutesWords(facts.estimate.minutes)}.`;
  const first = problems.find(({ severity }) => severity === 'error');
  return first === undefined ? 'It cannot start yet.' : `It cannot start yet: ${first.message}`;
}

function minutesWords(minutes: number): string {
  if (minutes < 1) return 'under a minute';
  if (minutes < 90) return `about ${Math.round(minutes)} min`;
  return `about ${asNumber(minutes / 60, 1)} h`;
}

function lockBanner({ lock, refused }: PanelSetup, acts: Acts): TemplateResult | typeof nothing {
  if (lock === null && refused === null) return nothing;
  const place = lock?.place ?? null;
  return html`<div class="failure banner" role="alert">
    <span>${lock?.message ?? refused}</span>
    ${
      lock !== null && place === null
        ? nothing
        : button({
            label: 'Show in File',
            onClick: () =>
              acts.post({
                type: 'file-requested',
                line: place?.line ?? null,
                column: place?.column ?? null,
              }),
          })
    }
  </div>`;
}

/** All of them in one place: those of other files have no field here. */
function problemsCard({ facts, problems }: PanelSetup, acts: Acts): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  const jump = (path: readonly (string | number)[]): void =>
    acts.focus(`[data-key="${path.join('.')}"], [data-key^="${path.slice(0, 2).join('.')}"]`);
  return html`<section class="card" aria-labelledby="problems-heading">
    <h2 id="problems-heading">${facts === null ? 'Before it can start' : 'Warnings'}</h2>
    <ul class="failures">
      ${problems.map(
        ({ message, place, path }) =>
          html`<li>
            ${
              path.length === 0
                ? plainText(message)
                : html`<button class="link" @click=${() => jump(path)}>${plainText(message)}</button>`
            }
            <span class="dim">${place}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function noticesCard(facts: PanelPlanFacts | null): TemplateResult | typeof nothing {
  if (facts === null || facts.notices.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="notices-heading">
    <h2 id="notices-heading" tabindex="-1">Good to know</h2>
    <ul class="failures">
      ${facts.notices.map((notice) => html`<li>${notice}</li>`)}
    </ul>
  </section>`;
}
