import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderLookup } from '../../../../src/adapters/node/folderLookup.ts';
import { nodeFileSystem } from '../../../../src/adapters/node/nodeFileSystem.ts';
import { readPromptFile } from '../../../../src/core/pipeline/language.ts';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lookup-')));
  for (const name of ['one', 'two', 'again']) {
    const title = name === 'again' ? 'two' : name;
    await writeFile(
      path.join(folder, `${name}.prompt.yaml`),
      `name: ${title}\nmessages: [{ role: user, content: Hi }]\n`,
    );
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('prompts of a folder', () => {
  const open = () => {
    const names: { name: string; path: string }[] = [
      { name: 'one', path: path.join(folder, 'one.prompt.yaml') },
      { name: 'two', path: path.join(folder, 'two.prompt.yaml') },
      { name: 'two', path: path.join(folder, 'again.prompt.yaml') },
    ];
    let reads = 0;
    const lookup = createFolderLookup({
      folder,
      list: () => Promise.resolve(++reads).then(() => [...names]),
      parse: (file) => readPromptFile(file, nodeFileSystem),
    });
    return { lookup, names, reads: () => reads };
  };
  const from = (): string => path.join(folder, 'test.prompt.yaml');

  it('are found by name and by path, never outside it', async () => {
    const { lookup } = open();
    expect(await lookup.find('one', from())).toMatchObject({ status: 'found', file: { name: 'one' } });
    expect(await lookup.find('./one.prompt.yaml', from())).toMatchObject({ status: 'found' });
    expect(await lookup.find('two', from())).toMatchObject({ status: 'ambiguous' });
    expect(await lookup.find('three', from())).toEqual({ status: 'not-found' });
    const outside = path.join(path.dirname(folder), `${path.basename(folder)}.prompt.yaml`);
    await writeFile(outside, 'name: outside\n');
    try {
      expect((await lookup.find(`../${path.basename(outside)}`, from())).status).toBe('refused');
    } finally {
      await rm(outside);
    }
  });

  it('are read once for a plan, and anew for the next', async () => {
    const { lookup, names, reads } = open();
    const plan = lookup.snapshot();
    for (const name of ['one', 'two', 'three', 'one']) await plan.find(name, from());
    expect(reads()).toBe(1);
    names.splice(1, 1);
    expect((await plan.find('two', from())).status).toBe('ambiguous');
    expect((await lookup.snapshot().find('two', from())).status).toBe('found');
  });
});
