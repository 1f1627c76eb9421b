import { describe, expect, test } from 'vitest';
import { callOptions, runOptions } from '../../../../src/hosts/cli/optionTable.ts';
import { parseArguments } from '../../../../src/hosts/cli/parseArguments.ts';

const specs = { ...callOptions, ...runOptions, var: { value: 'K=V', multiple: true, summary: '' } };

describe('parseArguments', () => {
  test('reads texts, numbers, switches, lists and positionals', () => {
    const options = parseArguments(
      ['file', '--model', 'm', '--retries=0', '--replay', '--var', 'a=1', '--var', 'b=2'],
      specs,
    );
    expect(options.positionals).toEqual(['file']);
    expect(options.text('model')).toBe('m');
    expect(options.number('retries')).toBe(0);
    expect(options.flag('replay')).toBe(true);
    expect(options.flag('yes')).toBe(false);
    expect(options.list('var')).toEqual(['a=1', 'b=2']);
  });

  test.each([
    [['--retry'], /unknown option --retry; did you mean --retries\?/],
    [['--concurrency', '0'], /--concurrency takes a whole number of at least 1; not '0'/],
    [['--timeout', 'soon'], /--timeout takes a number/],
    [['--format', 'pdf'], /--format takes one of text, json/],
    [['--model'], /model/],
  ])('%j is refused in words', (args, message) => {
    expect(() => parseArguments(args, specs)).toThrow(message);
  });
});
