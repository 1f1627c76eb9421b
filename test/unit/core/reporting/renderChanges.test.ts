import { expect, test } from 'vitest';
import { compareRuns } from '../../../../src/core/experiments/compareRuns.ts';
import { buildRunChanges } from '../../../../src/core/reporting/buildRunChanges.ts';
import { documentSchemas } from '../../../../src/core/reporting/documentSchemas.ts';
import { changeFormats, renderChanges } from '../../../../src/core/reporting/renderChanges.ts';
import { hostileText } from '../../../support/reports.ts';
import { casesFrom, setupOf } from '../../../support/scoredCases.ts';

const setup = setupOf(['A']);
const before = { variants: setup.variants, cases: casesFrom([1, 0, 0.5, 1, null, 1]) };
const after = {
  variants: [...setup.variants, { id: 'new | one', label: 'new' }],
  cases: casesFrom([1, 1, 0.25, null, 1, 1, 1], new Array<number>(7).fill(1)).map((item, at) =>
    at === 6 ? { ...item, id: hostileText } : item,
  ),
};
const changes = buildRunChanges(
  { name: 'p', before: 'run-1', after: 'run-2', metric: setup.metric },
  compareRuns(before, after, setup),
);

test('the document fits its schema', () => {
  const document: unknown = JSON.parse(renderChanges(changes, 'json'));
  expect(documentSchemas.changes.strict().safeParse(document).error).toBeUndefined();
});

test('text says what happened, the worse cases first', () => {
  const text = renderChanges(changes, 'text');
  expect(text.split('\n')[0]).toBe(
    'a: 1 better, 1 worse, 2 the same, 1 new, 2 without a score. Nothing that could not be chance.',
  );
  const rows = text.split('\n').filter((line) => /^(worse|better|unscored|added)/.test(line));
  expect(rows.map((row) => row.split(/\s+/)[0])).toEqual([
    'worse',
    'better',
    'unscored',
    'unscored',
    'added',
  ]);
  expect(rows[0]).toMatch(/^worse\s+case-3\s+0\.5\s+0\.25$/);
  expect(text).toContain('new | one: only in the later run');
});

test.each(changeFormats)('a hostile case id stays text in %s', (format) => {
  const rendered = renderChanges(changes, format);
  if (format === 'markdown' || format === 'html') expect(rendered).not.toContain('<script>');
  expect(rendered).not.toContain('\u001b');
});

test('Markdown is a table with a line on the runs, HTML one page with a chart', () => {
  const markdown = renderChanges(changes, 'markdown');
  expect(markdown).toContain('## p: what changed');
  expect(markdown).toContain('| worse | case-3 | 0.5 | 0.25 |');
  expect(markdown).toContain('run run-1 against run run-2');
  const html = renderChanges(changes, 'html');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('<svg');
  expect(html).not.toMatch(/<script|src=|https?:\/\/(?!evil)/);
});
