import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../../../../src/hosts/vscode/output/plainText.ts';

test('colours, links and cursor moves are taken out', () => {
  expect(plainText('\u001b[1;31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007')).toBe('red link');
});

test('line ends are kept, other control characters become visible', () => {
  expect(plainText('a\r\nb\tc\u0000\u202e')).toBe('a\nb\tc\uFFFD\uFFFD');
});

test('no control character passes, and text without any stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = plainText(text);
      // eslint-disable-next-line no-control-regex
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      // eslint-disable-next-line no-control-regex
      if (!/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text)) expect(shown).toBe(text);
    }),
  );
});
