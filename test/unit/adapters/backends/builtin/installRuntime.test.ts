import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import {
  installRuntime,
  isPinned,
  npmCommand,
  platformPackage,
} from '../../../../../src/adapters/backends/builtin/installRuntime.ts';
import { findLibrary } from '../../../../../src/adapters/backends/builtin/runtimeFolder.ts';
import runtimeLock from '../../../../../src/adapters/backends/builtin/runtimeLock.json' with { type: 'json' };

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'promptly-runtime-'));
});

/** A program that stands where npm stands: it sees the same folder and arguments. */
async function program(source: string) {
  const file = path.join(folder, 'npm.mjs');
  await writeFile(file, `import fs from 'node:fs';\n${source}`);
  return { file: process.execPath, args: [file], shell: false };
}

test('every package of the lock has a sha512 and no address; the heavy GPU builds are left out', () => {
  const entries = Object.entries(runtimeLock.packageLock.packages).filter(([name]) => name !== '');
  expect(entries.length).toBeGreaterThan(50);
  for (const [name, entry] of entries) {
    expect('integrity' in entry && entry.integrity, name).toMatch(/^sha512-/);
    expect(entry, name).not.toHaveProperty('resolved');
    expect(name).not.toMatch(/cuda|vulkan/);
  }
  expect(isPinned('@node-llama-cpp/linux-x64')).toBe(true);
});

test('what npm installs from our lock is found afterwards', async () => {
  const npm = await program(`
    const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
    if (process.argv[2] === 'ci' && !process.argv.includes('--ignore-scripts')) process.exit(3);
    const folder = 'node_modules/node-llama-cpp';
    fs.mkdirSync(folder, { recursive: true });
    const { version } = lock.packages[folder];
    fs.writeFileSync(folder + '/package.json', JSON.stringify({ name: 'node-llama-cpp', version }));
    console.error('npm http fetch GET 200 ...');`);
  const fractions: number[] = [];
  await installRuntime(folder, (fraction) => fractions.push(fraction), never, npm);
  expect(await findLibrary('', folder)).toMatch(/node-llama-cpp$/);
  expect(fractions.at(-1)).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('runtime-new'))).toEqual([]);
});

test.each([
  ['npm error code EINTEGRITY', 'bad-response', 'checksum'],
  ['npm error code ENOTFOUND', 'unreachable', 'ENOTFOUND'],
])('"%s" is told and leaves nothing behind', async (line, code, words) => {
  const npm = await program(`console.error(${JSON.stringify(line)}); process.exit(1);`);
  await expect(installRuntime(folder, () => undefined, never, npm)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words) as string,
  });
  expect(await findLibrary('', folder)).toBeNull();
  expect(await readdir(folder)).toEqual(['npm.mjs']);
});

test('without npm, the message says what to do', async () => {
  const missing = { file: path.join(folder, 'no-npm'), args: [], shell: false };
  await expect(installRuntime(folder, () => undefined, never, missing)).rejects.toMatchObject({
    message: expect.stringContaining('npm was not found') as string,
    hint: expect.stringContaining('promptly.builtin.runtimePath') as string,
  });
});

test('cancel ends npm', async () => {
  const npm = await program('setInterval(() => undefined, 1000);');
  await expect(installRuntime(folder, () => undefined, AbortSignal.timeout(300), npm)).rejects.toThrow();
});

test('platforms', () => {
  expect(platformPackage('win32', 'x64')).toBe('@node-llama-cpp/win-x64');
  expect(platformPackage('darwin', 'arm64')).toBe('@node-llama-cpp/mac-arm64-metal');
  expect(platformPackage('sunos', 'x64')).toBeNull();
  expect(npmCommand('win32')).toEqual({ file: 'npm.cmd', args: [], shell: true });
});

test('a path that holds no runtime is refused in words', async () => {
  await expect(findLibrary(folder, '')).rejects.toMatchObject({
    code: 'model-not-found',
    message: expect.stringContaining('there is no node-llama-cpp in it') as string,
  });
  await expect(findLibrary('some/where', '')).rejects.toThrow('absolute');
});
