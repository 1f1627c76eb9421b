import { expect, test } from 'vitest';
import { escapeMarkdown } from '../../../../../src/hosts/vscode/views/escapeMarkdown.ts';

test('marks, markup and line breaks of a text are shown, not obeyed', () => {
  expect(escapeMarkdown('**bold** [a](command:x) <b>&amp;</b>\n# head')).toBe(
    String.raw`\*\*bold\*\* \[a\]\(command:x\) &lt;b\>&amp;amp;&lt;/b\> \# head`,
  );
  expect(escapeMarkdown('$(trash) plain words, as they are')).toBe(
    String.raw`\$\(trash\) plain words, as they are`,
  );
});
