import { expect, test } from 'vitest';
import {
  backendContext,
  backendIcon,
  backendWords,
  labelWords,
  type BackendNode,
  type BackendState,
} from '../../../../../src/hosts/vscode/views/backendNodes.ts';

const node = (backend: BackendNode['backend'], isDefault = false): BackendNode => ({
  type: 'backend',
  backend,
  description: { id: backend, label: backend, local: true },
  isDefault,
});
const ready: BackendState = { health: { status: 'ready', detail: 'there' }, installs: true };
const setUp: BackendState = {
  health: { status: 'needs-setup', detail: 'no model', hint: 'fetch one' },
  installs: true,
};
const absent: BackendState = {
  health: { status: 'unavailable', detail: 'no answer', hint: '' },
  installs: false,
};

test('the menu of a backend offers what it can do', () => {
  expect(backendContext(node('ollama'), ready)).toBe('promptly.backend;installs;ready');
  expect(backendContext(node('builtin', true), setUp)).toBe('promptly.backend;installs;setup;default');
  expect(backendContext(node('claude'), absent)).toBe('promptly.backend;keyed');
  expect(backendContext(node('copilot'), undefined)).toBe('promptly.backend');
});

test('every health has words and a shape of its own, and so has the wait for it', () => {
  const states = [undefined, ready, setUp, absent];
  expect(new Set(states.map((state) => backendWords(state, false))).size).toBe(4);
  expect(new Set(states.map((state) => backendIcon(state).icon)).size).toBe(4);
  expect(backendWords(ready, true)).toBe('default · ready');
});

test('a model’s label says what its id does not', () => {
  expect(labelWords({ id: 'qwen3:4b', label: 'qwen3:4b · 4B' })).toBe('4B');
  expect(labelWords({ id: 'm', label: 'Model Em' })).toBe('Model Em');
  expect(labelWords({ id: 'm', label: 'm' })).toBe('');
  expect(labelWords({ id: 'm' })).toBe('');
  expect(labelWords({ id: '/models/small.gguf', label: 'small.gguf' })).toBe('');
});
