import { chmod, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../../src/adapters/node/nodeFileSystem.ts';
import { checkPromptFiles } from '../../../../src/core/pipeline/checkPromptFiles.ts';

const hello = (name: string): string => `name: ${name}\nmessages: [{role: user, content: hi}]\n`;

async function check(contents: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const folder = await nodeFileSystem.realPath(await mkdtemp(path.join(tmpdir(), 'promptly-')));
  for (const [name, content] of Object.entries(contents)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const outside = await mkdtemp(path.join(tmpdir(), 'promptly-'));
  await writeFile(path.join(outside, 'outside.md'), 'secret');
  await symlink(outside, path.join(folder, 'out'), 'junction');
  const paths = Object.keys(contents).filter((name) => name.includes('.prompt.'));
  const found = await checkPromptFiles(
    [...paths.map((name) => path.join(folder, name)), path.join(folder, 'gone.prompt.yaml')],
    {
      files: nodeFileSystem,
      workspaceFolder: folder,
      skillFileLimitBytes: 1024,
      shownPath: (file) => path.relative(folder, file),
    },
  );
  return found.map(
    ({ path: file, code, severity, range, message }) =>
      `${path.relative(folder, file)}:${range.start.line + 1} ${severity} ${code} ${message}`,
  );
}

describe('checkPromptFiles', () => {
  it('says what only several files show, on the line', async () => {
    const found = await check({
      'a.prompt.yaml': hello('same'),
      'sub/b.prompt.yaml': hello('same'),
      'c.prompt.yaml': 'kind: chain\nsteps:\n  - use: d\n  - use: sme\n',
      'd.prompt.yaml': 'kind: chain\nsteps:\n  - use: ./c.prompt.yaml\n',
      'e.prompt.yaml': 'kind: abtest\nvariants:\n  - d\n  - prompt: ./x.prompt.yaml\n',
    });
    expect(found.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'a.prompt.yaml:1 error duplicate-name',
      'sub/b.prompt.yaml:1 error duplicate-name',
      'c.prompt.yaml:3 error chain-cycle',
      'c.prompt.yaml:4 error unknown-prompt',
      'd.prompt.yaml:3 error chain-cycle',
      'e.prompt.yaml:4 error unknown-prompt',
    ]);
    expect(found[0]).toContain(path.join('sub', 'b.prompt.yaml'));
    expect(found[2]).toContain('c → d → c');
    expect(found[3]).toContain('Did you mean `same`?');
  });

  it('says of broken patterns and of files that are missing, too long or outside, on their lines', async () => {
    const found = await check({
      'rules.md': 'Be kind.',
      'long.md': 'x'.repeat(2000),
      's.prompt.yaml': [
        'kind: skill',
        'instructions: do it, {{input}} {{v}}',
        'files:',
        '  - rules.md',
        '  - none.md',
        '  - long.md',
        '  - ../outside.md',
        '  - out/outside.md',
        'variables:',
        '  v: { file: none.txt }',
        'testDataFile: none.csv',
        'evaluators:',
        '  - uses: ./none.mjs',
        '  - string: { matches: "(" }',
        '',
      ].join('\n'),
    });
    expect(found.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      's.prompt.yaml:5 error missing-file',
      's.prompt.yaml:6 error file-too-large',
      's.prompt.yaml:7 error outside-workspace',
      's.prompt.yaml:8 error outside-workspace',
      's.prompt.yaml:10 error missing-file',
      's.prompt.yaml:11 error missing-file',
      's.prompt.yaml:13 error missing-file',
      's.prompt.yaml:14 error invalid-pattern',
    ]);
  });

  it('takes files it cannot read for findings', async () => {
    const found = await check({
      'big.prompt.yaml': `messages: []\n#${'x'.repeat(1024 * 1024)}`,
      'latin1.prompt.yaml': new Uint8Array([0x6e, 0x3a, 0x20, 0xe4]),
    });
    expect(found).toEqual([
      expect.stringMatching(/^big\.prompt\.yaml:1 error file-too-large .*1 MiB/),
      expect.stringMatching(/^latin1\.prompt\.yaml:1 error unreadable-file .*UTF-8/),
    ]);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says when it may not read',
    async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'promptly-'));
      const file = path.join(folder, 'a.prompt.yaml');
      await writeFile(file, hello('a'));
      await chmod(file, 0);
      const options = { files: nodeFileSystem, workspaceFolder: folder, skillFileLimitBytes: 1 };
      expect(await checkPromptFiles([file], options)).toMatchObject([
        { code: 'unreadable-file', path: file },
      ]);
    },
  );
});
