import path from 'node:path';
import { defineConfig } from 'vitest/config';

// Prompts on a real model: the built backend and engine, as they are shipped. Started by test/model/run.mjs.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '..', '..'),
    include: ['test/model/**/*.test.ts'],
    // Fetching weights happens in here the first time.
    globalSetup: ['test/model/findSubject.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
