import { expect, test } from 'vitest';
import { failureCodes } from '../../../../src/core/domain/failure.ts';
import { offeredAction } from '../../../../src/hosts/vscode/failureActions.ts';

test('every failure but a cancelled run offers one action, with and without a backend', () => {
  for (const code of failureCodes) {
    for (const place of [null, { backend: 'ollama', model: 'm' } as const]) {
      const offer = offeredAction(code, place);
      if (code === 'cancelled') expect(offer).toBeNull();
      else expect(offer?.label, code).toMatch(/^[A-Z]/);
    }
  }
});

test('a missing model is fetched where that can be done, else another is chosen', () => {
  const label = (backend: 'ollama' | 'builtin' | 'claude') =>
    offeredAction('model-not-found', { backend, model: 'm' })?.label;
  expect(label('ollama')).toBe('Pull Model');
  expect(label('builtin')).toBe('Download Embedded Model');
  expect(label('claude')).toBe('Select Model');
});

test('only Ollama is started; a key is set for the backend that lacks it', () => {
  expect(offeredAction('backend-not-running', { backend: 'ollama', model: '' })?.label).toBe('Start Ollama');
  expect(offeredAction('backend-not-running', null)?.label).toBe('Select Backend');
  expect(offeredAction('key-missing', { backend: 'claude', model: '' })?.action).toEqual({
    type: 'set-key',
    backend: 'claude',
  });
});
