import { defineConfig } from 'vitest/config';
import path from 'node:path';

// Checks of the built bundles and of the package made from them: run after `npm run package`.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '..', '..'),
    include: ['test/package/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
