import { expect, test } from 'vitest';
import { RememberedInputs } from '../../../../../src/hosts/vscode/inputs/rememberedInputs.ts';

test('keeps the last texts of each prompt, but no long ones', async () => {
  const stored = new Map<string, unknown>();
  const memory = {
    get: (key: string) => stored.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  };
  const inputs = new RememberedInputs(memory);
  await inputs.keep('a', { x: 'one', y: 'two', long: 'z'.repeat(5_000), n: 3 });
  await inputs.keep('a', { x: 'three' });
  expect(inputs.of('a')).toEqual({ x: 'three', y: 'two', n: '3' });
  expect(inputs.of('b')).toEqual({});
});
