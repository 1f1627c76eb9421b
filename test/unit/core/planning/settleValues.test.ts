import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../../src/core/domain/promptFile.ts';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { settleValues } from '../../../../src/core/planning/settleValues.ts';

function promptWith(variables: string, content = '{{x}}'): Prompt {
  const { file } = parsePromptFile(
    `messages: [{role: user, content: '${content}'}]\nvariables: ${variables}\n`,
    'a.prompt.yaml',
  );
  if (file?.kind !== 'prompt') throw new Error('not a prompt');
  return file;
}

describe('settleValues', () => {
  it('refuses a variable without a value, and says what uses it', () => {
    expect(settleValues(promptWith('{x: {}}'), {}).problems).toMatchObject([
      { code: 'unset-variable', variable: 'x', at: ['messages', 0, 'content'] },
    ]);
  });

  it('leaves one that is not required empty, whatever its `enum`', () => {
    const { values, problems } = settleValues(promptWith('{x: {required: false, enum: [a]}}'), {});
    expect({ values, problems }).toEqual({ values: { x: '' }, problems: [] });
  });

  it('takes a value before the text of a file, that before the default', () => {
    const prompt = promptWith('{x: {default: c, file: x.txt}}');
    expect(settleValues(prompt, { x: 'a' }, { x: 'b' }).values).toEqual({ x: 'a' });
    expect(settleValues(prompt, {}, { x: 'b' }).values).toEqual({ x: 'b' });
    expect(settleValues(prompt, {}).values).toEqual({ x: 'c' });
  });

  it('waits for what is known only at run time', () => {
    const prompt = promptWith('{x: {enum: [a]}}');
    expect(settleValues(prompt, {}, {}, new Set(['x'])).problems).toEqual([]);
  });

  it('compares with `enum` as text, and says what is allowed', () => {
    const prompt = promptWith('{x: {enum: [1, true, a]}}');
    expect(settleValues(prompt, { x: '1' }).problems).toEqual([]);
    expect(settleValues(prompt, { x: 'A' }).problems).toMatchObject([
      { code: 'enum-violation', message: expect.stringContaining('one of 1, true, a') as unknown },
    ]);
  });
});
