import { expect, test } from 'vitest';
import { toLanguageModelFailure } from '../../../../src/hosts/vscode/languageModelFailure.ts';

test.each([
  ['NoPermissions', '', 'unauthorized'],
  ['NotFound', '', 'model-not-found'],
  ['Blocked', 'You have exhausted your quota', 'rate-limited'],
  ['Blocked', 'off_topic', 'rejected'],
  ['', 'Message exceeds token limit', 'context-too-long'],
  ['', 'boom', 'bad-response'],
])('%s "%s" is %s', (code, message, expected) => {
  expect(toLanguageModelFailure(code, message).code).toBe(expected);
});
