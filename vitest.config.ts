import { defineConfig } from 'vitest/config';

// Unit, contract and host tests: everything that needs neither an editor, a browser nor a model.
// The suites that do have runners of their own (see package.json).
export default defineConfig({
  test: {
    include: ['test/{unit,contract,hosts}/**/*.test.ts'],
    testTimeout: 20_000,
    reporters: ['default'],
  },
});
