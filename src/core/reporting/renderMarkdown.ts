import type { AbReport, Report, ReportedResult, TestReport } from '../domain/report.ts';
import { reasonsOf, stateOf } from './describeResult.ts';
import { escapeMarkdown, markdownTable } from './markdownText.ts';
import { missingReasons } from './missingReasons.ts';
import { asPercent, counted } from './numberWords.ts';
import { oneLine } from './plainText.ts';
import { pairHeaders, pairRow, stateWords, tableNotes, variantHeaders, variantRow } from './variantRows.ts';

/** A pull-request comment holds 65,536 characters; details beyond this many rows stay in the other formats. */
const maxDetailRows = 50;

/** Fit for a pull-request comment; the verdict first. */
export function renderMarkdown(report: Report): string {
  return report.kind === 'abtest' ? renderAb(report) : renderTests(report);
}

function renderAb(report: AbReport): string {
  const state = stateWords[report.state];
  return [
    `## ${escapeMarkdown(report.name)}`,
    '',
    `**${escapeMarkdown(report.verdict.sentence, 1000)}**`,
    ...(state === null ? [] : ['', state]),
    '',
    markdownTable(
      variantHeaders,
      report.variants.map((variant) => variantRow(variant, report)),
    ),
    '',
    markdownTable(
      pairHeaders,
      report.comparisons.map((pair) => pairRow(pair, report)),
    ),
    '',
    ...missing(report),
    `<sub>${escapeMarkdown(report.metric.name)}, ${report.metric.direction} is better; ${report.cases.length} cases. ${tableNotes(report)}</sub>`,
    '',
  ].join('\n');
}

function missing(report: AbReport): string[] {
  const reasons = missingReasons(report).map((reason) => `- ${escapeMarkdown(reason, 300)}`);
  return reasons.length === 0 ? [] : [...reasons, ''];
}

function renderTests(report: TestReport): string {
  const { passed, failed, errors, passRate } = report.summary;
  const rows = report.prompts.map((prompt) => [
    `${prompt.failed > 0 ? '❌' : prompt.errors > 0 ? '⚠️' : '✅'} ${prompt.name}`,
    prompt.model ?? '',
    String(prompt.passed),
    String(prompt.failed),
    String(prompt.errors),
  ]);
  const rate = passRate === null ? '' : `, pass rate ${asPercent(passRate)}`;
  return [
    '## Prompt tests',
    '',
    `**${passed} passed, ${failed} failed, ${counted(errors, 'error')}${rate}**`,
    '',
    markdownTable(['prompt', 'model', 'passed', 'failed', 'errors'], rows),
    '',
    ...details(report),
  ].join('\n');
}

function details(report: TestReport): string[] {
  const bad = report.prompts.flatMap((prompt) =>
    prompt.cases.flatMap((testCase) =>
      testCase.results
        .filter((result) => stateOf(result) !== 'passed')
        .map((result): [string, string, ReportedResult] => [prompt.name, testCase.id, result]),
    ),
  );
  if (bad.length === 0) return [];
  const rows = bad
    .slice(0, maxDetailRows)
    .map(([prompt, id, result]) => [prompt, id, reasonsOf(result).join(' '), oneLine(result.output, 120)]);
  const more = bad.length - rows.length;
  return [
    '<details><summary>What did not pass</summary>',
    '',
    markdownTable(['prompt', 'case', 'why', 'output'], rows),
    ...(more > 0 ? ['', `… and ${more} more.`] : []),
    '',
    '</details>',
    '',
  ];
}
