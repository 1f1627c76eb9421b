import { defineConfig } from 'vitest/config';
import path from 'node:path';

// The panel's page as it is built, in a real browser: after `npm run build`.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '..', '..'),
    include: ['test/webview/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
