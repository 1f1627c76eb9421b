import { expect, test } from 'vitest';
import type { BackendId } from '../../../../../src/core/domain/backendId.ts';
import type { BackendHealth } from '../../../../../src/core/ports/modelBackend.ts';
import { modelOffers, type Offer } from '../../../../../src/hosts/vscode/models/modelOffers.ts';

const offer = (id: BackendId, status: BackendHealth['status'], ...models: string[]): Offer => ({
  description: { id, label: `The ${id}`, local: true },
  health: { status, detail: `about ${id}`, hint: `mend ${id}` },
  models: models.map((model) => ({ id: model })),
  installs: id === 'ollama' || id === 'builtin',
});
const offers = [
  offer('copilot', 'unavailable'),
  offer('ollama', 'needs-setup'),
  offer('builtin', 'ready', '/home/me/models/small.gguf'),
  offer('scripted', 'ready', 'script'),
];

test('what answers comes first, what has to be set up next, what cannot answer last', () => {
  expect(modelOffers(offers, undefined, false).map(({ label }) => label)).toEqual([
    'The builtin',
    'small.gguf',
    '$(edit) The builtin: Another model (fetched if it is missing)…',
    'The scripted',
    'script',
    'The ollama',
    '$(cloud-download) The ollama',
    'Not available now',
    '$(circle-slash) The copilot',
  ]);
});

test('a model that is a file goes by its name, and is chosen by its path', () => {
  const line = modelOffers(offers, undefined, false).find(({ label }) => label === 'small.gguf');
  expect(line?.choice).toEqual({
    type: 'model',
    pick: { backend: 'builtin', model: '/home/me/models/small.gguf' },
  });
  expect(line?.description).toBe('');
});

test('what holds now is marked, Automatic too', () => {
  const marked = (current: Parameters<typeof modelOffers>[1]) =>
    modelOffers(offers, current, true)
      .filter(({ description = '' }) => description.includes('current'))
      .map(({ label }) => label);
  expect(marked('auto')).toEqual(['$(sparkle) Automatic']);
  expect(marked({ backend: 'builtin', model: '/home/me/models/small.gguf' })).toEqual(['small.gguf']);
  expect(marked(undefined)).toEqual([]);
});

test('Automatic is offered first for a default, and for nothing else', () => {
  expect(modelOffers(offers, 'auto', true)[0]?.choice).toEqual({ type: 'automatic' });
  expect(modelOffers(offers, undefined, false).some(({ choice }) => choice?.type === 'automatic')).toBe(
    false,
  );
});

test('a backend that cannot answer says why and what to do', () => {
  const last = modelOffers(offers, undefined, false).at(-1);
  expect(last).toMatchObject({ description: 'about copilot', detail: 'mend copilot' });
});
