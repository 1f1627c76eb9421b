import { describe, expect, it } from 'vitest';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { checkPatterns } from '../../../../src/core/pipeline/checkPatterns.ts';

async function findingsOf(rules: string): Promise<string[]> {
  const text = `messages: [{role: user, content: hi}]\nevaluators:\n  - string: ${rules}\n`;
  const found = await checkPatterns(parsePromptFile(text, 'a.prompt.yaml'));
  return found.map(({ range: { start, end }, message }) => {
    const line = text.split('\n')[start.line] ?? '';
    return `${line.slice(start.column, end.column)}: ${message}`;
  });
}

describe('checkPatterns', () => {
  it.each([
    ["{matches: 'a('}", "'a(': "],
    ["{matches: '(?<=a)b'}", 'look-around'],
    ["{matches: '(a)\\1'}", 'back-references'],
    // Its flag has a finding of its own.
    ["{matches: 'a(', flags: iq}", 'missing closing )'],
  ])('%s: says what is wrong, on the pattern', async (rules, words) => {
    expect(await findingsOf(rules)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    "{matches: '^\\d+$', flags: im}",
    '{matches: a, flags: q}',
    // Known only with the values of a case.
    "{matches: '({{name}}'}",
    // A literal pair of braces.
    "{matches: 'a\\{{{{'}",
    "{equals: '('}",
  ])('%s is fine', async (rules) => {
    expect(await findingsOf(rules)).toEqual([]);
  });
});
