import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderReport, reportFormats } from '../../../../src/core/reporting/renderReport.ts';
import { abReport, resultOf, testReport } from '../../../support/reports.ts';

const golden = path.resolve(import.meta.dirname, '../../../fixtures/reports');
const extensions = { text: 'txt', json: 'json', markdown: 'md', junit: 'xml', csv: 'csv', html: 'html' };

describe.each(reportFormats)('%s', (format) => {
  test.each([
    ['tests', testReport],
    ['abTest', abReport],
  ])('%s looks as agreed', async (name, report) => {
    const file = path.join(golden, `${name}.${extensions[format]}`);
    // Line ends are kept out of it: a checkout may change those of the stored files.
    await expect(renderReport(report, format).replaceAll('\r\n', '\n')).toMatchFileSnapshot(file);
  });
});

const watched = resultOf({ score: null, passed: null });
const unweighed = /Every evaluator has the weight 0, so there is nothing to weigh\./g;

test('results of which no score counts have the reason, in text once', () => {
  const [prompt] = testReport.prompts;
  if (prompt === undefined) throw new Error('no prompt');
  const cases = ['a', 'b'].map((id) => ({ id, vars: {}, expected: null, results: [watched] }));
  const tests = { ...testReport, prompts: [{ ...prompt, cases }] };
  expect(renderReport(tests, 'text').match(unweighed)).toHaveLength(1);
  for (const format of ['markdown', 'html'] as const)
    expect(renderReport(tests, format).match(unweighed)).toHaveLength(2);
  expect(renderReport(tests, 'junit')).toContain('message="Every evaluator has the weight 0');
  expect(renderReport(testReport, 'text')).not.toMatch(unweighed);

  const compared = cases.map((item) => ({ ...item, results: { a: [watched], b: [watched] } }));
  const ofQuality = { ...abReport, metric: { ...abReport.metric, name: 'quality' }, cases: compared };
  expect(renderReport(ofQuality, 'text').match(unweighed)).toHaveLength(1);
  const ofLatency = { ...ofQuality, metric: { ...abReport.metric, name: 'latency' } };
  expect(renderReport(ofLatency, 'text')).not.toMatch(unweighed);
});

test('colour is for terminals that want it', () => {
  expect(renderReport(testReport, 'text')).not.toContain('\u001b');
  expect(renderReport(testReport, 'text', { color: true })).toContain('\u001b[31m');
  // A model's own escape sequences never pass.
  expect(renderReport(testReport, 'text', { color: true })).not.toContain('\u001b[31m ]]>');
});

test.each([testReport, abReport])(
  'HTML loads nothing, runs nothing and takes no markup from a model',
  (report) => {
    const html = renderReport(report, 'html');
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|@import|url\(/i);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('&lt;script&gt;');
  },
);

test('Markdown holds no markup, mention or link of a model', () => {
  const markdown = renderReport(testReport, 'markdown');
  expect(markdown).not.toMatch(/<script|@everyone|!\[i\]|http:/);
});

test('a metric is an evaluator’s name: anybody’s words, with no markup and on one line', () => {
  const name = '<img src=x>\u001b[31m|`\n\n@everyone';
  const report = { ...abReport, metric: { ...abReport.metric, name } };
  const markup = ['<img', '@everyone', '\u001b'];
  for (const piece of markup) expect(renderReport(report, 'markdown')).not.toContain(piece);
  expect(renderReport(report, 'text')).toContain('<img src=x>\\u001b[31m|` @everyone (higher is better)');
  for (const piece of markup.filter((item) => item !== '@everyone'))
    expect(renderReport(report, 'html')).not.toContain(piece);
});

test('CSV holds no formula, and lines end as RFC 4180 says', () => {
  const csv = renderReport(testReport, 'csv');
  expect(csv.replaceAll('\r\n', '')).not.toContain('\n');
  expect(csv).toContain(`"'=HYPERLINK(""`);
  expect(csv).toContain(`"'-case"`);
  expect(csv).toContain(`"'+1"`);
  expect(csv).not.toMatch(/(^|,)"?[=+@-][A-Za-z]/m);
});

test('JUnit holds only what XML can', () => {
  const xml = renderReport(testReport, 'junit');
  expect(xml).not.toContain('\u001b');
  expect(xml).not.toContain('<script');
  expect(xml).toContain('tests="5" failures="1" errors="2"');
});

test('an experiment without a usable case can be shown', () => {
  const none = {
    ...abReport,
    variants: abReport.variants.map((variant) => ({
      ...variant,
      mean: null,
      interval: null,
      passRate: null,
    })),
    comparisons: abReport.comparisons.map((pair) => ({
      ...pair,
      difference: null,
      interval: { low: -1, high: 1 },
    })),
    cases: [],
  };
  for (const format of reportFormats)
    expect(renderReport(none, format)).not.toMatch(/NaN|undefined|Infinity/);
});

test('a bound of the share of worse cases stands beside them, with what it means', () => {
  const bounded = {
    ...abReport,
    comparisons: abReport.comparisons.map((pair) => ({ ...pair, lossRateUpper: 0.294 })),
  };
  for (const format of ['text', 'markdown', 'html'] as const) {
    const shown = renderReport(bounded, format).replaceAll('\\', '');
    expect(shown).toContain('7 (at most 29.4%)');
    expect(shown).toContain('the share of such cases that get worse');
  }
});

test('a confidence that it is too early for is no 0%', () => {
  const early = {
    ...abReport,
    verdict: { ...abReport.verdict, outcome: 'no_clear_winner' as const, winner: null, confidence: null },
    comparisons: abReport.comparisons.map((pair) => ({ ...pair, confidence: 0 })),
  };
  for (const format of ['text', 'markdown', 'html'] as const) {
    expect(renderReport(early, format)).toContain('too early');
  }
});

test('what failed or has no score is told with its reason, the most frequent first', () => {
  const [first] = abReport.cases;
  if (first === undefined) throw new Error('no case');
  const [scored] = Object.values(first.results).flat();
  if (scored === undefined) throw new Error('no result');
  const silent = (said: string) => ({
    ...scored,
    score: null,
    passed: null,
    evaluations: [{ name: 'tone', score: null, passed: null, reason: `The judge said: ${said}` }],
  });
  const cases = [{ ...first, results: { a: [silent('<b>hm'), silent('oh')], b: [scored] } }];
  for (const format of ['text', 'markdown'] as const) {
    const shown = renderReport({ ...abReport, cases: [...abReport.cases, ...cases] }, format);
    expect(shown).toMatch(/2× no score from tone: The judge said: .*[^]*1× failed, timed-out: No answer/);
    expect(renderReport({ ...abReport, cases: [] }, format)).not.toMatch(/no score from|failed, /);
  }
  expect(renderReport({ ...abReport, cases }, 'markdown')).not.toContain('<b>');
});
