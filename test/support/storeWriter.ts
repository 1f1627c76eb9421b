// Writes to a cache that another process writes to at the same time, and to a run beside it.
// Arguments: folder, one letter to write.
import path from 'node:path';
import { DiskResponseCache } from '../../src/adapters/node/diskResponseCache.ts';
import { createDiskRunStore } from '../../src/adapters/node/diskRunStore.ts';

const [folder = '', letter = ''] = process.argv.slice(2);
const ignore = (): void => undefined;
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const cache = new DiskResponseCache({ folder: path.join(folder, 'cache'), log });
const journal = await createDiskRunStore({ folder: path.join(folder, 'runs') }).create(letter, null);

for (let number = 0; number < 200; number++) {
  const message = `${letter} ${number} ${'x'.repeat(2_000)}`;
  await journal.append({ type: 'notice-raised', cellId: null, message });
  await cache.write(
    {
      backend: 'shared',
      address: '',
      model: 'm',
      messages: [{ role: 'user', content: `question ${number}` }],
      parameters: { temperature: 0.7, maxTokens: 10 },
      responseFormat: { type: 'text' },
      repetition: 0,
    },
    {
      text: letter.repeat(5_000),
      reasoning: '',
      finishReason: 'stop',
      rawFinishReason: null,
      usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null },
      totalMs: 1,
      firstTextMs: 1,
    },
  );
}
await journal.close();
