import { nothingToWeigh } from '../domain/evaluation.ts';
import type { AbReport, Report, ReportedResult, TestReport } from '../domain/report.ts';
import { isUnweighed, reasonsOf, stateOf } from './describeResult.ts';
import { missingReasons } from './missingReasons.ts';
import { asDuration, asPercent, counted } from './numberWords.ts';
import { oneLine } from './plainText.ts';
import { renderTable } from './renderTable.ts';
import { pairHeaders, pairRow, stateWords, tableNotes, variantHeaders, variantRow } from './variantRows.ts';

export interface TextOptions {
  readonly color: boolean;
}

type Paint = (text: string, color: 'green' | 'red' | 'yellow' | 'bold' | 'dim') => string;

const codes = { green: 32, red: 31, yellow: 33, bold: 1, dim: 2 } as const;
const marks = { passed: '✓', failed: '✗', error: '!' } as const;
const paints = { passed: 'green', failed: 'red', error: 'yellow' } as const;

/** For a terminal; the verdict first. */
export function renderText(report: Report, { color }: TextOptions): string {
  const paint: Paint = (text, name) => (color ? `\u001b[${codes[name]}m${text}\u001b[0m` : text);
  return report.kind === 'abtest' ? renderAb(report, paint) : renderTests(report, paint);
}

function renderAb(report: AbReport, paint: Paint): string {
  const clean = (rows: string[][]): string[][] => rows.map((row) => row.map((cell) => oneLine(cell, 60)));
  const numbers = new Set([1, 3, 4, 5, 6, 7, 9]);
  const variants = clean(report.variants.map((variant) => variantRow(variant, report)));
  const pairs = clean(report.comparisons.map((pair) => pairRow(pair, report)));
  const state = stateWords[report.state];
  const missing = missingReasons(report).map((reason) => paint(oneLine(reason, 300), 'yellow'));
  return [
    paint(oneLine(report.verdict.sentence, 1000), 'bold'),
    ...(state === null ? [] : [paint(state, 'yellow')]),
    ...(needsScore(report) ? weightNote(resultsOf(report)).map((note) => paint(note, 'yellow')) : []),
    '',
    `${oneLine(report.name)} · ${oneLine(report.metric.name)} (${report.metric.direction} is better) · ${report.cases.length} cases`,
    '',
    renderTable(variantHeaders, variants, numbers),
    '',
    renderTable(pairHeaders, pairs, new Set([1, 3, 4, 5, 6, 7, 8, 9])),
    '',
    ...(missing.length === 0 ? [] : [...missing, '']),
    paint(tableNotes(report), 'dim'),
    '',
  ].join('\n');
}

const needsScore = ({ metric }: AbReport): boolean => metric.name === 'quality' || metric.name === 'passRate';

const resultsOf = ({ cases }: AbReport): ReportedResult[] =>
  cases.flatMap(({ results }) => Object.values(results).flat());

/** Once, as it is the same for all of them. */
const weightNote = (results: readonly ReportedResult[]): string[] =>
  results.some(isUnweighed) ? [`${nothingToWeigh} Give one that should count a weight above 0.`] : [];

function renderTests(report: TestReport, paint: Paint): string {
  const lines: string[] = [];
  for (const prompt of report.prompts) {
    const model = [prompt.backend, prompt.model].filter((part) => part !== null).join('/');
    lines.push(
      `${paint(oneLine(prompt.name), 'bold')} ${paint(oneLine(`${prompt.file} ${model}`, 200), 'dim')}`,
    );
    for (const testCase of prompt.cases) {
      testCase.results.forEach((result, at) => {
        const state = stateOf(result);
        const id = testCase.results.length > 1 ? `${testCase.id} #${at + 1}` : testCase.id;
        const time = paint(asDuration(result.timing.totalMs), 'dim');
        lines.push(`  ${paint(marks[state], paints[state])} ${oneLine(id)} ${time}`);
        const reasons = state === 'passed' ? [] : reasonsOf(result);
        for (const reason of reasons.filter((each) => each !== nothingToWeigh))
          lines.push(`      ${oneLine(reason, 300)}`);
      });
    }
    const results = prompt.cases.flatMap((testCase) => testCase.results);
    lines.push(...weightNote(results).map((note) => `  ${paint(note, 'yellow')}`), '');
  }
  const { passed, failed, errors, passRate } = report.summary;
  const summary = `${passed} passed, ${failed} failed, ${counted(errors, 'error')}`;
  const color = failed > 0 ? 'red' : errors > 0 ? 'yellow' : 'green';
  lines.push(`${paint(summary, color)}${passRate === null ? '' : ` · pass rate ${asPercent(passRate)}`}`, '');
  return lines.join('\n');
}
