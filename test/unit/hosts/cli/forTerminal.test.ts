import { expect, test } from 'vitest';
import { forTerminal } from '../../../../src/hosts/cli/forTerminal.ts';

test('an answer cannot give orders to a terminal, in one piece or in many', () => {
  const answer = 'a\u001b[31mred\u001b]0;title\u0007\tb\r\nc\rd\u009b2J\u202e\u0000 🦊\n';
  const shown = 'a\ufffd[31mred\ufffd]0;title\ufffd\tb\ncd\ufffd2J\ufffd\ufffd 🦊\n';
  expect(forTerminal(answer)).toBe(shown);
  expect(answer.split('').map(forTerminal).join('')).toBe(shown);
});
