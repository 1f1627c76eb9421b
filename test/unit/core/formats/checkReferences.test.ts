import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkReferences } from '../../../../src/core/formats/checkReferences.ts';
import type { KnownFile } from '../../../../src/core/formats/checkReferences.ts';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { scanHeader } from '../../../../src/core/formats/scanHeader.ts';

const resolve = (file: string, relative: string): string =>
  path.posix.join(path.posix.dirname(file), relative);
const known = (files: Record<string, string>): KnownFile[] =>
  Object.entries(files).map(([at, text]) => ({
    path: at,
    header: scanHeader(text, at),
    parsed: parsePromptFile(text, at),
  }));
const prompt = (name: string): string => `name: ${name}\nmessages:\n  - role: user\n    content: hi\n`;
const chain = (name: string, ...uses: string[]): string =>
  `kind: chain\nname: ${name}\nsteps:\n${uses.map((use) => `  - use: ${use}\n`).join('')}`;

describe('checkReferences', () => {
  it('finds nothing in files that fit together', () => {
    const files = known({
      'p/a.prompt.yaml': prompt('a'),
      'p/c.prompt.yaml': chain('c', 'a', './a.prompt.yaml'),
      'q/d.prompt.yaml': chain('d', 'c', '../p/c.prompt.yaml', 'a'),
    });
    expect([...checkReferences(files, resolve)]).toEqual([]);
  });

  it('names the other file of a name given twice, on both', () => {
    const found = checkReferences(
      known({ 'a.prompt.yaml': prompt('x'), 'b.prompt.yaml': prompt('x') }),
      resolve,
    );
    expect(found.get('a.prompt.yaml')?.[0]?.message).toContain('b.prompt.yaml');
    expect(found.get('b.prompt.yaml')?.[0]?.message).toContain('a.prompt.yaml');
    expect(found.get('a.prompt.yaml')?.[0]?.range).toEqual({
      start: { line: 0, column: 6 },
      end: { line: 0, column: 7 },
    });
  });

  it('knows the metrics of the first variant, whose evaluators a test takes', () => {
    const test = (metric: string): string => `kind: abtest\nname: t\nvariants: [a, b]\nmetric: ${metric}\n`;
    const evaluators = 'evaluators:\n  - name: politeness\n    string: {contains: please}\n';
    const messages = (metric: string): unknown => {
      const files = {
        'a.prompt.yaml': prompt('a') + evaluators,
        'b.prompt.yaml': prompt('b'),
        't.prompt.yaml': test(metric),
      };
      return checkReferences(known(files), resolve)
        .get('t.prompt.yaml')
        ?.map(({ code, message, range }) => [code, message, range.start]);
    };
    expect(messages('politeness')).toBeUndefined();
    expect(messages('latency')).toBeUndefined();
    expect(messages('politness')).toEqual([
      ['unknown-metric', expect.stringContaining('Did you mean `politeness`?'), { line: 3, column: 8 }],
    ]);
  });

  it('spells out how a chain contains itself', () => {
    const files = known({
      'a.prompt.yaml': chain('a', 'b'),
      'b.prompt.yaml': chain('b', 'c'),
      'c.prompt.yaml': chain('c', 'a'),
    });
    const messages = [...checkReferences(files, resolve).values()].flat().map(({ message }) => message);
    expect(messages).toHaveLength(3);
    expect(messages[0]).toContain('a → b → c → a');
    const self = checkReferences(known({ 'a.prompt.yaml': chain('a', 'a') }), resolve);
    expect(self.get('a.prompt.yaml')?.[0]?.message).toContain('a → a');
  });

  it('says what a reference to nothing may mean, on its line', () => {
    const files = known({
      'a.prompt.yaml': prompt('summarise'),
      'c.prompt.yaml': chain('c', 'sumarise', './none.prompt.yaml'),
    });
    const found = checkReferences(files, resolve).get('c.prompt.yaml') ?? [];
    expect(found.map(({ code }) => code)).toEqual(['unknown-prompt', 'unknown-prompt']);
    expect(found[0]?.message).toContain('Did you mean `summarise`');
    expect(found[0]?.range.start).toEqual({ line: 3, column: 9 });
    expect(found[0]?.fix?.edits).toEqual([{ range: found[0]?.range, newText: 'summarise' }]);
    expect(found[1]?.fix).toBeUndefined();
  });
});
