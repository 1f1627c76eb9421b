import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { asCost, asMetric, asPercent } from '../../src/core/reporting/numberWords.ts';
import { oneLine, plainText } from '../../src/core/reporting/plainText.ts';
import type { PanelRun, PanelRunState, PanelRunVariant } from '../../src/protocol/panelRun.ts';
import type { RunControl } from '../../src/protocol/webviewMessage.ts';
import type { Acts } from '../acts.ts';
import { steppedPath, thinOut } from '../charts/linePath.ts';
import { button } from '../components.ts';
import { confidenceFact, fact, headline } from './verdictView.ts';
import { asClock, confidenceWords, counted } from './words.ts';

const stateWords: Readonly<Record<PanelRunState, string>> = {
  starting: 'Starting…',
  running: 'Running',
  pausing: 'Pausing: waiting for the calls in flight',
  paused: 'Paused',
  stopping: 'Stopping…',
  ended: 'Ended',
};

const controls: Readonly<Record<PanelRunState, readonly RunControl[]>> = {
  starting: ['stop'],
  running: ['pause', 'stop'],
  pausing: ['resume', 'stop'],
  paused: ['resume', 'stop'],
  stopping: [],
  ended: [],
};

const controlWords: Readonly<Record<RunControl, string>> = { pause: 'Pause', resume: 'Resume', stop: 'Stop' };

/** An A/B test while it runs. */
export function runView(run: PanelRun, acts: Acts): TemplateResult {
  const control = (action: RunControl): TemplateResult =>
    button({
      label: controlWords[action],
      accessibleName: `${controlWords[action]} the run`,
      primary: action === 'resume',
      onClick: () => acts.post({ type: 'run-control-requested', action }),
    });
  return html`<header class="page-head">
      <div>
        <h1>${run.title}</h1>
        <p class="dim">
          ${stateWords[run.state]} · ${counted(run.cases.done, 'case')} of ${run.cases.planned} done
        </p>
      </div>
      <div class="toolbar" role="toolbar" aria-label="Run">${controls[run.state].map(control)}</div>
    </header>
    ${liveVerdict(run)}
    <section class="card" aria-labelledby="progress-heading">
      <h2 id="progress-heading">Progress</h2>
      ${run.variants.map((variant) => progressRow(variant, run))}
    </section>
    ${confidenceFigure(run)} ${failuresView(run)}`;
}

function liveVerdict(run: PanelRun): TemplateResult {
  const { verdict } = run;
  const left = run.leftMs === null ? 'time left not known yet' : `about ${asClock(run.leftMs)} left`;
  const leftCost = run.leftCostUsd === null ? '' : `about ${asCost(run.leftCostUsd)} to come`;
  return html`<section class="verdict running" aria-labelledby="verdict-heading">
    <h2 id="verdict-heading">
      ${verdict === null ? 'No case is finished yet' : headline(verdict, run.variants)}
    </h2>
    ${verdict === null ? nothing : html`<p class="sentence">${verdict.sentence}</p>`}
    <dl class="facts">
      ${verdict === null ? nothing : confidenceFact(verdict, run.confidenceLevel)}
      ${fact('Time', asClock(run.elapsedMs), left)}
      ${fact('Cost so far', run.cases.done === 0 ? '–' : asCost(run.costUsd), leftCost)}
    </dl>
    <p class="hidden" role="status">${spoken(run)}</p>
  </section>`;
}

/** Said aloud at every tenth of the way, not at every result. */
function spoken(run: PanelRun): string {
  const { done, planned } = run.cases;
  const tenths = planned === 0 ? 0 : Math.floor((10 * done) / planned);
  const stage = run.state === 'running' ? `${tenths * 10}% of the cases are done` : stateWords[run.state];
  return `${stage}. ${counted(run.failureCount, 'failure')}.`;
}

function progressRow(variant: PanelRunVariant, run: PanelRun): TemplateResult {
  const { label, done, planned, failures, mean } = variant;
  const share = planned === 0 ? 0 : done / planned;
  return html`<div class="chart-row">
    <span class="chart-label" title=${variant.detail}>${label}</span>
    <svg
      class="track"
      height="14"
      role="progressbar"
      aria-label=${`Calls of ${label}`}
      aria-valuemin="0"
      aria-valuemax=${planned}
      aria-valuenow=${done}
    >
      <rect class="meter-track" width="100%" height="8" y="3" rx="4" />
      <rect class="meter-fill" width="${(100 * share).toFixed(2)}%" height="8" y="3" rx="4" />
    </svg>
    <span class="chart-words"
      >${done} of
      ${planned}${mean === null ? '' : `, mean ${asMetric(mean, run.metric)}`}${
        failures === 0 ? nothing : html`, <span class="bad">${failures} failed</span>`
      }</span
    >
  </div>`;
}

const chart = { width: 600, height: 120 };

/** The confidence after each case: valid at any of them, however often one looks. */
function confidenceFigure(run: PanelRun): TemplateResult | typeof nothing {
  if (run.confidences.length === 0) return nothing;
  const values = thinOut(run.confidences, 300);
  const across =
    chart.width / Math.max(1, run.cases.planned / Math.max(1, run.confidences.length / values.length));
  const y = (confidence: number): number => (1 - confidence) * chart.height;
  const path = steppedPath(values, (at, value) => ({ x: (at + 1) * across, y: y(value) }));
  const now = run.confidences.at(-1) ?? null;
  const level = y(run.confidenceLevel);
  const summary = `After ${counted(run.confidences.length, 'case')}: ${now === null ? 'too early to say' : `${asPercent(Math.floor(now * 1000) / 1000)}, ${confidenceWords(now, run.confidenceLevel)}`}. The dashed line is the ${asPercent(run.confidenceLevel)} a winner needs.`;
  return html`<figure class="card">
    <h2>Confidence so far</h2>
    <div class="drawing" role="img" aria-label=${`Confidence so far. ${summary}`}>
      <svg
        class="line-chart"
        viewBox="0 0 ${chart.width} ${chart.height}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${svg`<line class="meter-level" x1="0" x2=${chart.width} y1=${level} y2=${level} /><path class="line" d=${path} />`}
      </svg>
    </div>
    <figcaption>${summary}</figcaption>
  </figure>`;
}

function failuresView(run: PanelRun): TemplateResult | typeof nothing {
  if (run.failureCount === 0) return nothing;
  const labelOf = (id: string): string => run.variants.find((variant) => variant.id === id)?.label ?? id;
  return html`<section class="card" aria-labelledby="failures-heading">
    <h2 id="failures-heading">${counted(run.failureCount, 'failure')}</h2>
    <ul class="failures">
      ${run.failures.map(
        ({ caseId, variant, code, message, hint }) =>
          html`<li>
            <b>${oneLine(caseId, 60)}</b> on ${labelOf(variant)} · <span class="bad">${code}</span>:
            ${plainText(message)} <span class="dim">${plainText(hint)}</span>
          </li>`,
      )}
    </ul>
    ${
      run.failureCount > run.failures.length
        ? html`<p class="dim">The newest ${run.failures.length}; the report will hold all.</p>`
        : nothing
    }
  </section>`;
}
