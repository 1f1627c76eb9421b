import { expect, test } from 'vitest';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { variableDeclarationAt } from '../../../../src/hosts/vscode/variableDeclarationAt.ts';

const prompt = `messages:
  - role: user
    content: |
      {{text}} and {{ other }}
variables:
  text:
    description: what it is about
`;
const chain = `kind: chain
steps:
  - name: short
    use: summarise
  - use: headline
    with: { input: '{{steps.short.output}} {{previous}}' }
`;
/** The text a declaration's range covers, or undefined. */
function target(text: string, needle: string): string | undefined {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes(needle));
  const column = (lines[line] ?? '').indexOf(needle) + 3;
  const found = variableDeclarationAt(parsePromptFile(text, 'a.prompt.yaml'), { line, column });
  if (found === undefined) return undefined;
  const { start, end } = found.declaration;
  return `${start.line + 1}: ${(lines[start.line] ?? '').slice(start.column, end.column)}`;
}

test('a variable leads to its declaration, the output of a step to the step', () => {
  expect(target(prompt, '{{text}}')).toBe('6: text');
  expect(target(chain, '{{steps.short.output}}')).toBe('3: short');
});

test('what nothing declares, and what is no variable, leads nowhere', () => {
  expect(target(prompt, '{{ other }}')).toBeUndefined();
  expect(target(prompt, ' and ')).toBeUndefined();
  expect(target('kind: abtest\nvariants: [a, b]\n', 'variants')).toBeUndefined();
});
