import { html, nothing, type TemplateResult } from 'lit-html';
import { asMetric, isRelative } from '../../src/core/reporting/numberWords.ts';
import { oneLine } from '../../src/core/reporting/plainText.ts';
import type { PanelHistory, PanelHistoryRun } from '../../src/protocol/panelActs.ts';
import type { Acts } from '../acts.ts';
import { trendDrawing } from '../charts/trendDrawing.ts';
import { metricWords } from './statisticsView.ts';
import { asMoment, counted } from './words.ts';

/** Earlier and later runs of the same test: how its metric moved, and the way to each of them. */
export function historyView(history: PanelHistory, acts: Acts): TemplateResult {
  const { runs } = history;
  return html`<section class="card" aria-labelledby="history-heading">
    <h2 id="history-heading">Runs of this test</h2>
    ${
      runs.length < 2
        ? html`<p class="dim">This is the first one. Later runs will be shown here beside it.</p>`
        : html`${trendView(history)} ${runTable(history, acts)}`
    }
  </section>`;
}

function trendView({ runs, columns, metric }: PanelHistory): TemplateResult | typeof nothing {
  const series = columns.map((label, at) => ({ label, values: runs.map(({ means }) => means[at] ?? null) }));
  const drawn = series.filter(({ values }) => values.some((value) => value !== null));
  if (drawn.length === 0) return nothing;
  const summary = `${metricWords(metric)} over ${counted(runs.length, 'run')}. ${drawn.map((one) => seriesWords(one, metric)).join('; ')}.`;
  const bounds = isRelative(metric) ? { low: 0, high: Infinity } : { low: 0, high: 1 };
  const drawing = trendDrawing({
    series: drawn,
    bounds,
    axis: (value) => asMetric(value, metric),
    marked: runs.findIndex(({ shown }) => shown),
  });
  return html`<figure>
    <div class="drawing" role="img" aria-label=${summary}>${drawing}</div>
    <figcaption>${summary} The dotted line is the run on show.</figcaption>
  </figure>`;
}

function seriesWords(
  { label, values }: { readonly label: string; readonly values: readonly (number | null)[] },
  metric: string,
): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0] ?? null, known.at(-1) ?? null];
  return known.length < 2
    ? `${label}: ${asMetric(last, metric)}`
    : `${label}: from ${asMetric(first, metric)} to ${asMetric(last, metric)}`;
}

function runTable({ runs, columns, metric }: PanelHistory, acts: Acts): TemplateResult {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Runs of this test">
    <table class="plain runs">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Verdict</th>
          ${columns.map((label) => html`<th scope="col">${oneLine(label, 40)}</th>`)}
          <th scope="col"><span class="hidden">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${runs.toReversed().map(
          (run) =>
            html`<tr class=${run.shown ? 'shown' : ''}>
              <th scope="row">${momentOf(run)}</th>
              <td>${run.verdict}</td>
              ${run.means.map((mean) => html`<td>${mean === null ? '–' : asMetric(mean, metric)}</td>`)}
              <td>${runActions(run, acts)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export const momentOf = ({ startedAt, runId }: Pick<PanelHistoryRun, 'startedAt' | 'runId'>): string =>
  startedAt === null ? runId : asMoment(startedAt);

function runActions(run: PanelHistoryRun, acts: Acts): TemplateResult {
  if (run.shown) return html`<span class="dim">on show</span>`;
  const moment = momentOf(run);
  const { runId } = run;
  const open = run.unfinished ? 'Open to resume' : 'Open';
  return html`<button
      class="link"
      aria-label=${`${open} the run of ${moment}`}
      @click=${() => acts.post({ type: 'run-requested', runId })}
    >
      ${open}
    </button>
    ·
    <button
      class="link"
      aria-label=${`Compare with the run of ${moment}`}
      @click=${() => {
        acts.post({ type: 'run-comparison-requested', runId });
      }}
    >
      Compare
    </button>`;
}
