import { mkdtemp, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../../../src/core/sharing/packageManifest.ts';
import { zipArchive } from '../../../../../src/adapters/node/sharing/zipArchive.ts';
import { packageLimits } from '../../../../../src/core/sharing/packageLimits.ts';
import { sharingFolder } from '../../../../support/sharingFolder.ts';

const prompt = (name: string, more = ''): string =>
  `name: ${name}\n${more}messages:\n  - role: user\n    content: Say {{x}}.\n`;

const workspace = {
  'test.prompt.yaml':
    'kind: abtest\nname: test\nvariants:\n  - ./a/one.prompt.yaml\n  - prompt: two\n    ref: HEAD~1\ntestDataFile: data/cases.csv\nevaluators:\n  - name: own\n    uses: ./score/own.mjs\n',
  'a/one.prompt.yaml': prompt('one', 'variables:\n  x:\n    file: ../docs/x.txt\n'),
  'chain.prompt.yaml': 'kind: chain\nname: two\nsteps:\n  - use: rev\n  - use: custom\n',
  'skills/rev/rev.prompt.yaml': 'kind: skill\nname: rev\ninstructions: Review.\nfiles: [check.md]\n',
  'skills/rev/check.md': 'Check.',
  'skills/rev/assets/beside.bin': new Uint8Array([0, 255]),
  'custom.prompt.yaml': prompt('custom', 'backend: custom:mine\n'),
  'data/cases.csv': 'x\n1\n',
  'score/own.mjs':
    "import { half } from './half.mjs';\nimport fs from 'node:fs';\nimport 'left-pad';\nexport default () => half(2);\n",
  'score/half.mjs': 'export const half = (n) => n / 2;\n',
  'docs/x.txt': 'X',
  'unrelated.prompt.yaml': prompt('unrelated'),
};

describe('an export', () => {
  it('takes everything along that a file refers to, by name and by path, and nothing else', async () => {
    const from = await sharingFolder(workspace);
    const collected = await from.collect([path.join(from.folder, 'test.prompt.yaml')]);
    expect(collected.problems).toEqual([]);
    expect(collected.files.map((file) => `${file.path} ${file.kind}`)).toEqual([
      'a/one.prompt.yaml prompt',
      'chain.prompt.yaml chain',
      'custom.prompt.yaml prompt',
      'data/cases.csv data',
      'docs/x.txt attachment',
      'score/half.mjs script',
      'score/own.mjs script',
      'skills/rev/assets/beside.bin attachment',
      'skills/rev/check.md attachment',
      'skills/rev/rev.prompt.yaml skill',
      'test.prompt.yaml abtest',
    ]);
    expect(collected.warnings.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      expect.stringMatching(/^test\.prompt\.yaml: `two` is tested at the git revision HEAD~1/) as string,
      expect.stringMatching(/^custom\.prompt\.yaml: It runs on `custom:mine`/) as string,
      'score/own.mjs: It needs left-pad, which is not part of the package.',
    ]);
  });

  it('writes a manifest with sizes and checksums, and the same bytes each time', async () => {
    const from = await sharingFolder(workspace);
    const collected = await from.collect([path.join(from.folder, 'chain.prompt.yaml')]);
    const { bytes, manifest } = from.pack(collected, 'my chain', Date.UTC(2026, 0, 2, 3, 4, 5, 678));
    const entries = await zipArchive.read(bytes, packageLimits);
    expect(entries[0]?.name).toBe('promptly-package.json');
    const reading = readManifest(new TextDecoder().decode(entries[0]?.bytes));
    expect(reading).toEqual({ status: 'read', manifest });
    expect(manifest).toMatchObject({ name: 'my chain', created: '2026-01-02T03:04:05Z', schemaVersion: 1 });
    const old = new Date(2001, 1, 1);
    for (const { path: each } of collected.files) await utimes(path.join(from.folder, each), old, old);
    const again = await from.collect([path.join(from.folder, 'chain.prompt.yaml')]);
    expect(again.newestMs).toBe(old.getTime());
    const other = from.pack(again, 'my chain', Date.UTC(2026, 0, 2, 3, 4, 5, 1));
    expect(Buffer.from(other.bytes).equals(Buffer.from(bytes))).toBe(true);
  });

  const refused: readonly (readonly [string, Record<string, string>, number | null, string])[] = [
    [
      'a file outside the workspace',
      { 'a.prompt.yaml': 'kind: skill\nname: a\ninstructions: x\nfiles:\n  - ../secret.md\n' },
      5,
      'lies outside the workspace folder',
    ],
    [
      'a prompt that is not there',
      { 'a.prompt.yaml': 'kind: chain\nname: a\nsteps:\n  - use: gone\n' },
      4,
      'There is no prompt `gone`',
    ],
    [
      'a file that is not there',
      { 'a.prompt.yaml': 'kind: skill\nname: a\ninstructions: x\nfiles: [gone.md]\n' },
      4,
      'gone.md does not exist',
    ],
    [
      'a name that two files have',
      {
        'a.prompt.yaml': 'kind: chain\nname: a\nsteps:\n  - use: b\n',
        'b.prompt.yaml': prompt('b'),
        'c.prompt.yaml': prompt('b'),
      },
      4,
      'Two files are called `b`',
    ],
    ['a broken file', { 'a.prompt.yaml': 'name: a\nmessages: 5\n' }, 2, 'messages'],
    [
      'a hidden file',
      { 'a.prompt.yaml': 'kind: skill\nname: a\ninstructions: x\nfiles: [.env]\n', '.env': 'x' },
      4,
      'lies in a hidden place',
    ],
  ];
  it.each(refused)('refuses %s, with the line that names it', async (_, files, line, words) => {
    const from = await sharingFolder(files);
    const { problems } = await from.collect([path.join(from.folder, 'a.prompt.yaml')]);
    expect(problems[0]).toMatchObject({ file: 'a.prompt.yaml', line });
    expect(problems[0]?.message).toContain(words);
  });

  it('does not follow a link out of the workspace', async () => {
    const from = await sharingFolder({
      'a.prompt.yaml': 'kind: skill\nname: a\ninstructions: x\nfiles: [docs/x.md]\n',
    });
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'promptly-elsewhere-'));
    await symlink(elsewhere, path.join(from.folder, 'docs'), 'junction');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path.join(elsewhere, 'x.md'), 'secret');
    const { problems, files } = await from.collect([path.join(from.folder, 'a.prompt.yaml')]);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('lies outside the workspace folder') as string,
    ]);
    expect(files.map((file) => file.path)).toEqual(['a.prompt.yaml']);
  });

  it('finds files in a workspace that is opened through a link, and a prompt that a skill attaches', async () => {
    const real = await sharingFolder({
      ...workspace,
      'att.prompt.yaml': 'kind: skill\nname: att\ninstructions: x\nfiles: [custom.prompt.yaml]\n',
    });
    const linked = path.join(await mkdtemp(path.join(tmpdir(), 'promptly-linked-')), 'ws');
    await symlink(real.folder, linked, 'junction');
    const collected = await real.collect(
      ['test', 'att'].map((name) => path.join(linked, `${name}.prompt.yaml`)),
    );
    expect(collected.problems).toEqual([]);
    expect(collected.files.find((file) => file.path === 'custom.prompt.yaml')?.kind).toBe('prompt');
    const source = await real.write('p.promptly.zip', real.pack(collected, 'p', 0).bytes);
    const plan = await real.plan({ sources: [{ path: source, shown: 'p' }], into: null });
    expect([plan.problems, plan.files.filter(({ state }) => state !== 'same')]).toEqual([[], []]);
  });

  it('warns of what looks like a key, and never shows it', async () => {
    const secret = ['sk', 'ant', 'a'.repeat(30)].join('-');
    const from = await sharingFolder({
      'a.prompt.yaml': prompt('a', `description: |\n  fine\n  ${secret}\n`),
    });
    const { warnings } = await from.collect([path.join(from.folder, 'a.prompt.yaml')]);
    expect(warnings).toEqual([
      { file: 'a.prompt.yaml', line: 4, message: expect.stringContaining('a key of Anthropic') as string },
    ]);
    expect(JSON.stringify(warnings)).not.toContain('aaaa');
  });
});
