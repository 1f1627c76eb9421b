import type { Report, ReportedResult } from '../domain/report.ts';
import { reasonsOf, stateOf } from './describeResult.ts';
import { escapeMarkup } from './escapeMarkup.ts';

interface Suite {
  readonly name: string;
  readonly file: string;
  readonly cases: readonly { readonly id: string; readonly results: readonly ReportedResult[] }[];
}

/** A suite per prompt or variant, a test case per case (and repetition). */
export function renderJunit(report: Report): string {
  const suites = suitesOf(report);
  const results = suites.flatMap((suite) => suite.cases.flatMap((item) => item.results));
  const body = suites.map(renderSuite).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="promptly" ${counts(results)}>\n${body}</testsuites>\n`;
}

function suitesOf(report: Report): Suite[] {
  if (report.kind === 'test') return report.prompts.map(({ name, file, cases }) => ({ name, file, cases }));
  return report.variants.map((variant) => ({
    name: `${report.name}: ${variant.label}`,
    file: variant.prompt,
    cases: report.cases.map((item) => ({ id: item.id, results: item.results[variant.id] ?? [] })),
  }));
}

function counts(results: readonly ReportedResult[]): string {
  const states = results.map(stateOf);
  const count = (state: string): number => states.filter((item) => item === state).length;
  const seconds = results.reduce((sum, result) => sum + result.timing.totalMs, 0) / 1000;
  return `tests="${results.length}" failures="${count('failed')}" errors="${count('error')}" time="${seconds.toFixed(3)}"`;
}

function renderSuite(suite: Suite): string {
  const name = escapeMarkup(suite.name);
  const cases = suite.cases.flatMap(({ id, results }) =>
    results.map((result, at) => {
      const title = escapeMarkup(results.length > 1 ? `${id} #${at + 1}` : id);
      const time = (result.timing.totalMs / 1000).toFixed(3);
      const start = `    <testcase name="${title}" classname="${name}" file="${escapeMarkup(suite.file)}" time="${time}"`;
      const problem = renderProblem(result);
      return problem === '' ? `${start}/>\n` : `${start}>\n${problem}    </testcase>\n`;
    }),
  );
  const all = suite.cases.flatMap((item) => item.results);
  return `  <testsuite name="${name}" ${counts(all)}>\n${cases.join('')}  </testsuite>\n`;
}

function renderProblem(result: ReportedResult): string {
  const state = stateOf(result);
  if (state === 'passed') return '';
  const reasons = reasonsOf(result);
  const message = escapeMarkup(reasons[0] ?? 'The case has no score.');
  const text = escapeMarkup([...reasons, '', 'Output:', result.output].join('\n'));
  const element = state === 'failed' ? 'failure' : 'error';
  const type = escapeMarkup(result.failure?.code ?? (state === 'failed' ? 'score' : 'not-scored'));
  return `      <${element} type="${type}" message="${message}">${text}</${element}>\n`;
}
