import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { asPercent } from '../../src/core/reporting/numberWords.ts';
import { plainText } from '../../src/core/reporting/plainText.ts';
import type { PanelReport } from '../../src/protocol/panelReport.ts';
import type { Acts } from '../acts.ts';
import { button } from '../components.ts';
import type { PanelState } from '../state/panelState.ts';
import { actsView } from './actsView.ts';
import { casesView } from './casesView.ts';
import { changesView } from './changesView.ts';
import { historyView } from './historyView.ts';
import { agreementView } from './labelView.ts';
import { statisticsView } from './statisticsView.ts';
import { verdictView } from './verdictView.ts';
import { asMoment, counted } from './words.ts';

/**
 * A stored run: the verdict first, then what it rests on, then the cases. What a scroll does not change is guarded: it
 * would cost the most of a frame.
 */
export function reportView(report: PanelReport, state: PanelState, acts: Acts): TemplateResult {
  const { facts, comparison } = state;
  return html`<header class="page-head">
      <div>
        <h1>${report.title}</h1>
        <p class="dim">${subtitle(report)}</p>
      </div>
      <div class="toolbar" role="toolbar" aria-label="Report">
        ${
          report.resumable
            ? button({
                label: 'Resume',
                accessibleName: 'Resume the run',
                primary: true,
                onClick: () => acts.post({ type: 'resume-requested' }),
              })
            : nothing
        }
        ${
          report.experiment === null
            ? nothing
            : button({
                label: 'Set Up…',
                accessibleName: 'Back to the set-up of this test',
                onClick: () => acts.post({ type: 'setup-requested' }),
              })
        }
        ${button({ label: 'Copy as Markdown', onClick: () => acts.post({ type: 'markdown-requested' }) })}
        ${button({ label: 'Export…', onClick: () => acts.post({ type: 'export-requested' }) })}
        ${button({ label: 'Open Another…', accessibleName: 'Open another report', onClick: () => acts.post({ type: 'open-requested' }) })}
      </div>
    </header>
    ${report.stateWords === null ? nothing : html`<p class="badge warning">${report.stateWords}</p>`}
    ${guard([report], () => (report.experiment === null ? summaryView(report) : verdictView(report.experiment)))}
    ${failuresView(report)} ${actsView(report, state, acts)} ${guard([report], () => statisticsView(report))}
    ${casesView(report, state, acts)}
    ${guard([facts], () => (facts === null ? nothing : agreementView(facts)))}
    ${guard([comparison], () => (comparison === null ? nothing : changesView(comparison, acts)))}
    ${guard([facts], () => (facts === null ? nothing : historyView(facts.history, acts)))}`;
}

function subtitle(report: PanelReport): string {
  const parts = [
    report.startedAt === null ? null : asMoment(report.startedAt),
    report.columns.length > 1 ? counted(report.columns.length, 'variant') : null,
    counted(report.rows.length, 'case'),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Why calls failed; which ones the cases tell. */
function failuresView({ failures, failureCount }: PanelReport): TemplateResult | typeof nothing {
  if (failureCount === 0) return nothing;
  const told = failures.reduce((sum, { count }) => sum + count, 0);
  return html`<section class="card failed-calls" aria-labelledby="failures-heading">
    <h2 id="failures-heading">${counted(failureCount, 'failed call')}</h2>
    <ul class="failures">
      ${failures.map(
        ({ count, code, message, hint }) =>
          html`<li>
            ${count} × <span class="bad">${code}</span>: ${plainText(message)}
            <span class="dim">${plainText(hint)}</span>
          </li>`,
      )}
    </ul>
    ${told === failureCount ? nothing : html`<p class="dim">And ${failureCount - told} of other kinds.</p>`}
  </section>`;
}

function summaryView({ summary }: PanelReport): TemplateResult | typeof nothing {
  if (summary === null) return nothing;
  const { passed, failed, errors, passRate } = summary;
  const good = failed + errors === 0;
  return html`<section
    class="verdict ${good ? 'winner' : 'no_clear_winner'}"
    aria-labelledby="verdict-heading"
  >
    <h2 id="verdict-heading">
      ${good ? 'All tests passed' : `${counted(failed, 'result')} did not pass${errors > 0 ? `, ${errors} could not be judged` : ''}`}
    </h2>
    <dl class="facts">
      <div class="fact">
        <dt>Passed</dt>
        <dd><strong>${passed}</strong></dd>
      </div>
      <div class="fact">
        <dt>Did not pass</dt>
        <dd><strong>${failed}</strong></dd>
      </div>
      <div class="fact">
        <dt>Could not run or be scored</dt>
        <dd><strong>${errors}</strong></dd>
      </div>
      <div class="fact">
        <dt>Pass rate</dt>
        <dd><strong>${asPercent(passRate)}</strong></dd>
      </div>
    </dl>
  </section>`;
}
