import { expect, test } from 'vitest';
import { createPullProgress } from '../../../../../src/adapters/backends/ollama/pullProgress.ts';

test('the layers of a model are one bar, with how much of it is there', () => {
  const progress = createPullProgress('llama3.2:3b');
  expect(progress({ status: 'pulling manifest' })).toEqual({
    message: 'Pulling llama3.2:3b: pulling manifest',
    fraction: null,
  });
  const first = { status: 'pulling a', digest: 'sha256:a', total: 300e6 };
  progress({ ...first, completed: 100e6 });
  const both = progress({ status: 'pulling b', digest: 'sha256:b', total: 100e6, completed: 100e6 });
  expect(both).toEqual({ message: 'Pulling llama3.2:3b: 200 MB of 400 MB', fraction: 0.5 });
  expect(progress({ ...first, completed: 300e6 }).fraction).toBe(1);
  expect(progress({ status: 'verifying sha256 digest' }).message).toContain('verifying sha256 digest');
});
