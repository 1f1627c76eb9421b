import { expect, test } from 'vitest';
import { defaultSettings } from '../../../../src/core/ports/settings.ts';
import { ollamaUrl } from '../../../../src/hosts/vscode/ollamaUrl.ts';
import { toSettings } from '../../../../src/hosts/vscode/settings.ts';

const from = (values: Record<string, unknown>, environment: Record<string, string> = {}) =>
  toSettings({ read: (name) => values[name], isSet: (name) => name in values }, environment);

test('OLLAMA_HOST counts only where the user has set no address', () => {
  expect(from({}, { OLLAMA_HOST: '0.0.0.0:5000' }).ollama.url).toBe('http://127.0.0.1:5000');
  expect(from({ 'ollama.url': 'http://box:1' }, { OLLAMA_HOST: 'other' }).ollama.url).toBe('http://box:1');
  expect(from({}).ollama.url).toBe(defaultSettings.ollama.url);
});

test.each([
  ['box', 'http://box:11434'],
  ['http://box', 'http://box:80'],
  ['https://box/', 'https://box:443'],
  [':9', 'http://127.0.0.1:9'],
  ['[::]', 'http://127.0.0.1:11434'],
  ['http://[::1]:7/base', 'http://[::1]:7/base'],
])('reads OLLAMA_HOST=%s as %s', (host, url) => {
  expect(ollamaUrl(host)).toBe(url);
});

test('what has the wrong type or lies out of range counts as not set', () => {
  const settings = from({
    temperature: 'hot',
    maxTokens: -1,
    retries: null,
    executors: { a: 1, b: { command: 'node', args: ['x', 2] }, c: { command: '' } },
    modelAliases: { x: 'ollama/y', z: 3 },
    pricing: { m: { input: 1, output: 2, cacheRead: 'free' }, n: {} },
    defaultBackend: 'nonsense',
  });
  expect(settings.temperature).toBe(0.7);
  expect(settings.maxTokens).toBe(4096);
  expect(settings.retries).toBe(3);
  expect(settings.executors).toEqual({ b: { command: 'node', args: ['x', '2'], timeoutSeconds: 120 } });
  expect(settings.modelAliases).toEqual({ x: 'ollama/y' });
  expect(settings.pricing).toEqual({ m: { input: 1, output: 2 } });
  expect(settings.defaultBackend).toBe('auto');
});

test('the limit of skill files is set in KiB', () => {
  expect(from({ skillFileLimit: 2 }).skillFileLimitBytes).toBe(2048);
});
