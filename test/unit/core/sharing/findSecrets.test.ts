import { expect, it } from 'vitest';
import { findSecrets } from '../../../../src/core/sharing/findSecrets.ts';

// Put together here, so that no file of the repository holds what looks like a key.
const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3iJ6lM9';
it.each([
  [['sk-ant-', letters], 'a key of Anthropic'],
  [['key: sk-proj-', letters], 'a key of OpenAI'],
  [['gh', `p_${letters}`], 'a token of GitHub'],
  [['AK', 'IAABCDEFGHIJKLMNOP'], 'a key of AWS'],
  [['AI', `za${letters}`], 'a key of Google'],
  [['-----BEGIN RSA ', 'PRIVATE KEY-----'], 'a private key'],
  [[`eyJ${letters}.`, `eyJ${letters}.${letters}`], 'a signed token (JWT)'],
  [['postgres://user:', 'password1@host/db'], 'an address with a password'],
  [['api_key = ', `"${letters.slice(0, 16)}"`], 'a password or key'],
])('%j looks like %s', (line, what) => {
  expect(findSecrets(`first\n${line.join('')}\n`)).toEqual([{ line: 2, what }]);
});

it.each([
  'Ask the user for the password: required-at-first-login',
  'api_key: ${env:OPENAI_API_KEY}',
  'api_key: {{apiKey}}',
  'The token budget is 4096.',
  'sk-short',
  'https://example.org/a:b@c',
])('%s does not', (line) => {
  expect(findSecrets(line)).toEqual([]);
});
