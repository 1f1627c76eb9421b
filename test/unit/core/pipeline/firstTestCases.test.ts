import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFileSystem } from '../../../../src/adapters/node/nodeFileSystem.ts';
import { firstTestCases } from '../../../../src/core/pipeline/firstTestCases.ts';

let workspaceFolder: string;

beforeAll(async () => {
  workspaceFolder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-cases-')));
  await mkdir(path.join(workspaceFolder, 'data'));
  const rows = Array.from({ length: 1_000 }, (_, row) => `text ${row},answer ${row}`);
  await writeFile(path.join(workspaceFolder, 'data', 'many.csv'), ['text,expected', ...rows].join('\n'));
});
afterAll(() => rm(workspaceFolder, { recursive: true, force: true }));

const read = (relative: string) => {
  const promptPath = path.join(workspaceFolder, 'a.prompt.yaml');
  return firstTestCases(nodeFileSystem, { promptPath, workspaceFolder, relative, casesBefore: 2 }, 50);
};

test('the first cases of a long file, numbered after those of the prompt file', async () => {
  const cases = await read('data/many.csv');
  expect(cases).toHaveLength(50);
  expect(cases[0]).toMatchObject({ id: 'case-3', variables: { text: 'text 0' } });
});

test.each(['data/missing.csv', '../outside.csv', 'data/many.xlsx'])('%s offers none', async (relative) => {
  expect(await read(relative)).toEqual([]);
});
