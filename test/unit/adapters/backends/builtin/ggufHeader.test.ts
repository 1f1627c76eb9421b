import { expect, test } from 'vitest';
import { checkGgufHeader, describeProblem } from '../../../../../src/adapters/backends/builtin/ggufHeader.ts';

function header(version = 3, tensors = 10n, entries = 20n): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('GGUF', 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeBigUInt64LE(tensors, 8);
  bytes.writeBigUInt64LE(entries, 16);
  return bytes;
}

test('versions 2 and 3 are read', () => {
  expect(describeProblem(header(2))).toBeNull();
  expect(describeProblem(header(3))).toBeNull();
});

test.each([
  [Buffer.alloc(0), 'empty'],
  [Buffer.from('<!DOCTYPE html><html><head>'), 'does not begin with "GGUF"'],
  [header().subarray(0, 20), 'cut short'],
  [header(1), 'GGUF version 1'],
  [header(0x03000000), 'big-endian'],
  [header(3, 0n), 'no tensors'],
  [header(3, 1n << 60n), 'damaged'],
])('%s is refused: %s', (bytes, words) => {
  expect(describeProblem(bytes)).toContain(words);
});

test('a missing file and a folder are named, with what to do', async () => {
  await expect(checkGgufHeader('/nowhere/model.gguf')).rejects.toMatchObject({
    code: 'model-not-found',
    message: 'The model file /nowhere/model.gguf cannot be opened: there is no such file.',
  });
  await expect(checkGgufHeader(import.meta.dirname)).rejects.toMatchObject({ code: 'model-not-found' });
});
