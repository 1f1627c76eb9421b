import type { AbReport, Report, ReportedResult, TestReport } from '../domain/report.ts';
import { reasonsOf, stateOf } from './describeResult.ts';
import { escapeMarkup } from './escapeMarkup.ts';
import { htmlPage, htmlTable } from './htmlPage.ts';
import { renderIntervalChart } from './intervalChart.ts';
import { asDifference, asDuration, asMetric, asPercent, counted } from './numberWords.ts';
import {
  labelOf,
  pairHeaders,
  pairRow,
  stateWords,
  tableNotes,
  variantHeaders,
  variantRow,
} from './variantRows.ts';

/** One file that needs no other: no script, nothing loaded, every text of a model inserted as text. */
export function renderHtml(report: Report): string {
  const title = report.kind === 'abtest' ? report.name : 'Prompt tests';
  const body = report.kind === 'abtest' ? renderAb(report) : renderTests(report);
  return htmlPage(title, body);
}

function renderAb(report: AbReport): string[] {
  const state = stateWords[report.state];
  const metric = report.metric.name;
  return [
    `<p class="verdict">${escapeMarkup(report.verdict.sentence)}</p>`,
    ...(state === null ? [] : [`<p class="error">${escapeMarkup(state)}</p>`]),
    `<p class="soft">${escapeMarkup(metric)}, ${report.metric.direction} is better · ${report.cases.length} cases · ${escapeMarkup(report.startedAt)} to ${escapeMarkup(report.finishedAt)}</p>`,
    '<h2>Variants</h2>',
    renderVariantChart(report),
    htmlTable(
      variantHeaders,
      report.variants.map((variant) => variantRow(variant, report)),
    ),
    '<h2>Comparisons</h2>',
    renderPairChart(report),
    htmlTable(
      pairHeaders,
      report.comparisons.map((pair) => pairRow(pair, report)),
    ),
    `<p class="soft">${escapeMarkup(tableNotes(report))}</p>`,
    '<h2>Cases</h2>',
    ...report.cases.map((item) => {
      const parts = report.variants.flatMap((variant) =>
        (item.results[variant.id] ?? []).map((result) => renderResult(variant.label, result)),
      );
      return renderCase(item, parts);
    }),
  ];
}

function renderVariantChart(report: AbReport): string {
  const metric = report.metric.name;
  return renderIntervalChart({
    title: `Mean ${metric} of each variant with its interval`,
    rows: report.variants.map((variant) => ({
      label: variant.label,
      value: variant.mean,
      low: variant.interval?.low ?? null,
      high: variant.interval?.high ?? null,
      words: `${asMetric(variant.mean, metric)}${report.verdict.winner === variant.id ? ' (winner)' : ''}`,
      highlighted: report.verdict.winner === variant.id,
    })),
    axis: (value) => asMetric(value, metric),
  });
}

function renderPairChart(report: AbReport): string {
  const metric = report.metric.name;
  return renderIntervalChart({
    title: 'Difference between the variants with its interval',
    rows: report.comparisons.map((pair) => ({
      label: `${labelOf(pair.b, report)} vs ${labelOf(pair.a, report)}`,
      value: pair.difference,
      low: pair.interval?.low ?? null,
      high: pair.interval?.high ?? null,
      words: asDifference(pair.difference, metric),
      highlighted: report.verdict.winner === pair.a || report.verdict.winner === pair.b,
    })),
    reference: 0,
    axis: (value) => asDifference(value, metric).replace(' points', ''),
  });
}

function renderTests(report: TestReport): string[] {
  const { passed, failed, errors, passRate } = report.summary;
  const rate = passRate === null ? '' : ` · pass rate ${asPercent(passRate)}`;
  return [
    `<p class="verdict">${passed} passed, ${failed} failed, ${counted(errors, 'error')}${rate}</p>`,
    ...report.prompts.flatMap((prompt) => [
      `<h2>${escapeMarkup(prompt.name)}</h2>`,
      `<p class="soft">${escapeMarkup([prompt.file, prompt.backend, prompt.model].filter((part) => part !== null).join(' · '))}</p>`,
      ...prompt.cases.map((item) =>
        renderCase(
          item,
          item.results.map((result) => renderResult('', result)),
        ),
      ),
    ]),
  ];
}

function renderCase(
  item: { readonly id: string; readonly vars: unknown; readonly expected: string | null },
  parts: readonly { readonly short: string; readonly full: string }[],
): string {
  const summary = [`<b>${escapeMarkup(item.id)}</b>`, ...parts.map((part) => part.short)].join(' · ');
  const data = `<p class="soft">Variables</p><pre>${escapeMarkup(JSON.stringify(item.vars, null, 2))}</pre>`;
  const expected =
    item.expected === null ? '' : `<p class="soft">Expected</p><pre>${escapeMarkup(item.expected)}</pre>`;
  return `<details><summary>${summary}</summary>${data}${expected}${parts.map((part) => part.full).join('')}</details>`;
}

function renderResult(label: string, result: ReportedResult): { short: string; full: string } {
  const state = stateOf(result);
  const name = label === '' ? 'Output' : escapeMarkup(label);
  const score = result.score === null ? '' : ` ${asMetric(result.score, 'quality')}`;
  const short = `${label === '' ? '' : `${name} `}<span class="${state}">${state}${score}</span>`;
  const reasons = state === 'passed' ? [] : reasonsOf(result);
  const why = reasons.map((reason) => `<p class="${state}">${escapeMarkup(reason)}</p>`).join('');
  const full = `<p class="soft">${name}, ${asDuration(result.timing.totalMs)}</p>${why}<pre>${escapeMarkup(result.output)}</pre>`;
  return { short, full };
}
