import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { toModelSource } from '../../../../../src/adapters/backends/builtin/modelSource.ts';

const models = path.join(os.tmpdir(), 'models');
const read = (name: string, environment: NodeJS.ProcessEnv = {}) => toModelSource(name, models, environment);

test('a name of the catalogue knows its file, size and checksum', () => {
  const source = read('qwen2.5-0.5b-instruct');
  expect(source.path).toBe(path.join(models, 'qwen2.5-0.5b-instruct-q4_k_m.gguf'));
  expect(source.download).toMatchObject({ sizeBytes: 491_400_032, licence: 'Apache-2.0' });
  expect(source.download?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('HF_ENDPOINT names a mirror', () => {
  expect(read('qwen2.5-0.5b-instruct', { HF_ENDPOINT: 'https://mirror.example/' }).download?.url).toMatch(
    /^https:\/\/mirror\.example\/Qwen\//,
  );
});

test('an absolute path is the file of the user and is never downloaded', () => {
  const file = path.join(os.tmpdir(), 'a model.gguf');
  expect(read(file)).toEqual({ path: file, label: 'a model.gguf', download: null });
  expect(read('~/m.gguf').path).toBe(path.join(os.homedir(), 'm.gguf'));
});

test('an address on the hub keeps owner and repository apart', () => {
  const source = read('hf:owner/some-GGUF@v1/file.Q4.gguf');
  expect(source.path).toBe(path.join(models, 'owner--some-GGUF--file.Q4.gguf'));
  expect(source.download?.url).toMatch(/\/owner\/some-GGUF\/resolve\/v1\/file\.Q4\.gguf$/);
});

test.each([
  'llama3.2:3b',
  'models/x.gguf',
  '../x.gguf',
  'hf:owner/../../x.gguf',
  'https://example.com/page.html',
])('%s is refused with what would be right', (name) => {
  expect(() => read(name)).toThrowError(expect.objectContaining({ code: 'model-not-found' }) as Error);
});

test('nothing fetched lands outside the models folder', () => {
  for (const name of ['hf:a/b/..gguf', 'hf:../../c.gguf', 'https://example.com/..%2f..%2fx.gguf']) {
    let file: string;
    try {
      file = read(name).path;
    } catch {
      continue;
    }
    expect(path.dirname(file)).toBe(models);
  }
});
