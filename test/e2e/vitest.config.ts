import { defineConfig } from 'vitest/config';
import path from 'node:path';

// Journeys in a real browser, through a real VS Code with the packaged extension installed: after `npm run package`.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '..', '..'),
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // The usual second is short for an editor on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // Two editors at once would only slow each other down.
    fileParallelism: false,
  },
});
