import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMetafile } from '../support/packaging/bundledPackages.ts';
import { limitsKiB, vsixLimitKiB } from '../support/packaging/sizeLimits.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';

const { outputs } = readMetafile();
const bundles = Object.keys(outputs).filter((file) => file.endsWith('.js'));

describe('sizes', () => {
  it('has the bundle of the extension', () => {
    expect(bundles).toContain('dist/extension.js');
  });

  it.each(bundles)('%s is within its limit', (file) => {
    const limit = limitsKiB[path.posix.basename(file)];
    expect(limit, `${file} has no limit in sizeLimits.ts`).toBeDefined();
    expect(Math.ceil((outputs[file]?.bytes ?? Infinity) / 1024)).toBeLessThanOrEqual(limit ?? 0);
  });

  it('the package is within its limit', () => {
    expect(Math.ceil(statSync(vsixFile()).size / 1024)).toBeLessThanOrEqual(vsixLimitKiB);
  });
});

describe('what is in which bundle', () => {
  const sourcesOf = (file: string) =>
    Object.entries(outputs[file]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input);

  it.each(bundles)('%s holds no translations of zod', (file) => {
    // The index of the English-only build is there in any case; the other languages are a third of a megabyte.
    const locales = sourcesOf(file).filter((input) =>
      /node_modules\/zod\/.*\/locales\/(?!(en|index)\.)/.test(input),
    );
    expect(locales).toEqual([]);
  });

  it('the extension holds none of the heavy clients', () => {
    const heavy =
      /node_modules\/(openai|@anthropic-ai|ollama|@modelcontextprotocol|yaml|zod|node-llama-cpp)\//;
    expect(sourcesOf('dist/extension.js').filter((input) => heavy.test(input))).toEqual([]);
  });
});
