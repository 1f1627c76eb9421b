import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { refusePath } from '../../../../../src/core/sharing/packagePath.ts';
import { aPrompt, manifestOf, packageBytes, sha256 } from '../../../../support/sharingPackages.ts';
import { sharingFolder } from '../../../../support/sharingFolder.ts';
import { zipBytes } from '../../../../support/zipBytes.ts';

const hello = { 'a.prompt.yaml': aPrompt };
const withFile = (name: string, text = 'text'): Uint8Array => packageBytes({ ...hello, [name]: text });
const withManifest = (change: Record<string, unknown>): Uint8Array =>
  packageBytes(hello, { manifest: { ...manifestOf(hello), ...change } });
const file = {
  path: 'a.prompt.yaml',
  kind: 'prompt',
  size: Buffer.byteLength(aPrompt),
  sha256: sha256(aPrompt),
};
const whole = packageBytes(hello);

/** 15 MiB that shrink to a thirtieth, as a table of numbers does. */
function largeFile(): Buffer {
  const piece = Buffer.concat([randomBytes(2 * 1024), Buffer.alloc(62 * 1024)]);
  return Buffer.concat(
    Array.from({ length: 240 }, () => piece.fill(randomBytes(2 * 1024), 0, 2 * 1024).subarray()),
  );
}

/** What is wrong, the package, words of the refusal. */
const hostile: readonly (readonly [string, Uint8Array, string])[] = [
  ['a path out of the folder', withFile('../evil.md'), 'leads out of its folder with ..'],
  ['one further in', withFile('a/../../evil.md'), 'leads out of its folder with ..'],
  ['an absolute path', withFile('/etc/evil.md'), 'is an absolute path'],
  ['a drive', withFile('C:/evil.md'), 'names a drive'],
  ['a drive without a slash', withFile('C:evil.md'), 'names a drive'],
  ['another computer', withFile('//server/share/evil.md'), 'names another computer'],
  ['another computer, in Windows’ way', withFile('\\\\server\\share\\evil.md'), 'names another computer'],
  ['backslashes', withFile('a\\..\\..\\evil.md'), 'has a backslash in its name'],
  ['a device of Windows', withFile('a/CON.md'), 'keeps for a device (CON.md)'],
  ['a device with a digit above', withFile('COM¹'), 'keeps for a device'],
  ['a stream of Windows', withFile('a.md:hidden'), 'does not allow (a.md:hidden)'],
  ['a trailing dot', withFile('a.md.'), 'ends with a dot or a blank'],
  ['a trailing blank', withFile('a/b /c.md'), 'ends with a dot or a blank'],
  ['a control character', withFile('a\u0007.md'), 'control characters'],
  ['a turned direction', withFile('a\u202Edm.exe'), 'turn the direction of text'],
  ['an empty part', withFile('a//b.md'), 'has an empty part'],
  ['a hook of git', withFile('.git/hooks/pre-commit'), 'hidden place (.git)'],
  ['a task of the editor', withFile('.vscode/tasks.json'), 'hidden place (.vscode)'],
  ['a program in node_modules', withFile('node_modules/.bin/x'), 'hidden place'],
  ['a package in node_modules', withFile('node_modules/x/index.js'), 'node_modules'],
  ['names that differ in case', packageBytes({ ...hello, 'A.prompt.yaml': aPrompt }), 'only in case'],
  [
    'names that differ in Unicode form',
    packageBytes({ ...hello, 'caf\u00e9.md': 'a', 'cafe\u0301.md': 'b' }),
    'in the form of its letters',
  ],
  ['a name twice', packageBytes(hello, { more: [{ name: 'a.prompt.yaml', data: 'x' }] }), 'is there twice'],
  [
    'a file that is a folder, too',
    packageBytes({ ...hello, b: 'x', 'b/c.md': 'y' }),
    'needs b to be a folder, which is a file',
  ],
  ['folders that differ in case', packageBytes({ ...hello, 'b/c.md': 'x', 'B/d.md': 'y' }), 'only in case'],
  ['a symbolic link', packageBytes({ ...hello, l: '../..' }, { mode: 0o120777 }), 'is a symbolic link'],
  ['a device file', packageBytes(hello, { mode: 0o060644 }), 'is a device'],
  ['an encrypted entry', zipBytes([{ name: 'x', data: 'abc', flags: 1 }]), 'is encrypted'],
  ['strong encryption', zipBytes([{ name: 'x', data: 'abc', flags: 0x41 }]), 'is encrypted'],
  ['another compression', zipBytes([{ name: 'x', data: 'abc', method: 12 }]), 'not supported (method 12)'],
  ['a name that is not UTF-8', zipBytes([{ name: Buffer.from([0x61, 0xff]), data: '' }]), 'is not UTF-8'],
  [
    'a file declared too large',
    zipBytes([{ name: 'x', data: 'abc', declaredSize: 17 * 1024 * 1024 }]),
    'more than the 16 MiB',
  ],
  [
    'more data than declared',
    zipBytes([{ name: 'x', data: 'a'.repeat(100_000), declaredSize: 10 }]),
    'is damaged',
  ],
  ['less data than declared', zipBytes([{ name: 'x', data: 'abc', declaredSize: 10 }]), 'is damaged'],
  [
    'a bomb',
    zipBytes([{ name: 'x', data: Buffer.alloc(12 * 1024 * 1024) }]),
    'times its size, as only archives made to do harm',
  ],
  [
    'many entries that are large together',
    zipBytes(Array.from({ length: 5 }, (_, index) => ({ name: `x${index}`, data: largeFile() }))),
    'more than the 64 MiB allowed',
  ],
  [
    'too many entries',
    zipBytes(Array.from({ length: 2_001 }, (_, index) => ({ name: `x${index}` }))),
    'has 2001 entries; at most 2000',
  ],
  ['a cut archive', whole.subarray(0, whole.length - 30), 'no whole .zip file'],
  ['no archive', new TextEncoder().encode('hello'), 'no whole .zip file'],
  ['nothing', new Uint8Array(), 'is empty'],
  ['no manifest', zipBytes([{ name: 'a.prompt.yaml', data: aPrompt }]), 'There is no promptly-package.json'],
  ['a manifest that is no JSON', packageBytes(hello, { manifest: '{' }), 'is no JSON'],
  [
    'a manifest of something else',
    packageBytes(hello, { manifest: { name: 'x' } }),
    'not that of a package of Promptly',
  ],
  ['a later version', withManifest({ schemaVersion: 2 }), 'Update Promptly'],
  ['no version', withManifest({ schemaVersion: null }), 'schemaVersion null'],
  [
    'a wrong checksum',
    withManifest({ files: [{ ...file, sha256: '0'.repeat(64) }] }),
    'does not have the checksum',
  ],
  ['a wrong size', withManifest({ files: [{ ...file, size: 3 }] }), 'where the manifest says 3'],
  ['a wrong kind', withManifest({ files: [{ ...file, kind: 'chain' }] }), 'is of kind prompt'],
  [
    'a prompt said to be data',
    withManifest({ files: [{ ...file, kind: 'data' }] }),
    'which its name does not fit',
  ],
  ['an unknown kind', withManifest({ files: [{ ...file, kind: 'program' }] }), 'is wrong at files[0]'],
  [
    'a file that is not there',
    withManifest({ files: [file, { ...file, path: 'b.prompt.yaml' }] }),
    'is listed but not',
  ],
  ['a listed path twice', withManifest({ files: [file, file] }), 'is there twice in the manifest'],
  [
    'a file that is not listed',
    packageBytes(hello, { more: [{ name: 'b.md', data: 'x' }] }),
    'b.md is not listed',
  ],
  ['a prompt that is broken', packageBytes({ 'a.prompt.yaml': 'messages: 5\n' }), 'messages'],
];

describe('a hostile or broken package', () => {
  it.each(hostile)('with %s is refused in words, and nothing is written', async (_, bytes, words) => {
    const target = await sharingFolder({ 'own.txt': 'mine' });
    const outside = await sharingFolder();
    const source = await outside.write('some.promptly.zip', bytes);
    const plan = await target.plan({ sources: [{ path: source, shown: 'some.promptly.zip' }], into: null });
    expect(plan.problems.map(({ message }) => message).join('\n')).toContain(words);
    expect(plan.files.filter(({ state }) => state !== 'new')).toEqual([]);
    expect(await target.all()).toEqual({ 'own.txt': 'mine' });
    for (const { message } of plan.problems) expect(message).toMatch(/^[^\p{Cc}]+[.!…]$/u);
  });

  it('that is cut or changed anywhere is refused or the same', async () => {
    const target = await sharingFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cuts) => {
          const bytes = cuts ? whole.slice(0, at) : Uint8Array.from(whole);
          if (!cuts) bytes[at] = (bytes[at] ?? 0) ^ flip;
          const source = await target.write('x.promptly.zip', bytes);
          const plan = await target.plan({ sources: [{ path: source, shown: 'x' }], into: null });
          if (plan.problems.length > 0) return;
          expect(
            plan.files.map(({ path: each, bytes: content }) => [each, Buffer.from(content).toString()]),
          ).toEqual([['a.prompt.yaml', aPrompt]]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what is in the workspace already', () => {
  const importInto = async (target: Awaited<ReturnType<typeof sharingFolder>>, bytes: Uint8Array) => {
    const outside = await sharingFolder();
    const source = await outside.write('some.promptly.zip', bytes);
    return target.plan({ sources: [{ path: source, shown: 'some.promptly.zip' }], into: null });
  };

  it('is not written through when it is a link', async () => {
    const target = await sharingFolder();
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'promptly-elsewhere-'));
    await symlink(elsewhere, path.join(target.folder, 'docs'), 'junction');
    const plan = await importInto(target, withFile('docs/a.md'));
    expect(plan.problems.map(({ message }) => message)).toEqual([
      'docs/a.md cannot be written: docs is a link in this workspace. Move it away, or import into another folder.',
    ]);
  });

  it('is not met under a name that differs only in case or letters', async () => {
    const target = await sharingFolder({ 'Docs/x.md': 'x', 'caf\u00e9.md': 'x' });
    const plan = await importInto(target, packageBytes({ ...hello, 'docs/a.md': 'a', 'cafe\u0301.md': 'b' }));
    expect(plan.problems.map(({ message }) => message).join('\n')).toMatch(
      /docs differs from Docs there only in case[\s\S]*caf.+ differs from caf/,
    );
  });

  it('is not a folder where a file would go, nor the other way round', async () => {
    const target = await sharingFolder({ b: 'a file' });
    await mkdir(path.join(target.folder, 'a.prompt.yaml'));
    const plan = await importInto(target, withFile('b/c.md'));
    expect(plan.problems.map(({ message }) => message).join('\n')).toMatch(
      /a\.prompt\.yaml is a folder in this workspace[\s\S]*b is a file in this workspace, not a folder/,
    );
  });
});

describe('refusePath', () => {
  it('lets no path leave its folder, whatever it is made of', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      'C:',
      ' ',
      'con',
      '~',
      '\u0000',
      'b.md',
      '\u202e',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const name = pieces.join('');
        if (refusePath(name) !== null) return;
        for (const system of [path.posix, path.win32]) {
          const root = system === path.posix ? '/work/space' : 'D:\\work\\space';
          const resolved = system.resolve(root, name);
          expect(resolved.startsWith(`${root}${system.sep}`)).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    'a.prompt.yaml',
    'prompts/über uns/a b.md',
    '.github/prompts/a.prompt.yml',
    'docs/v1.2/x..y.md',
    '日本語/ノート.md',
  ])('takes %s', (name) => expect(refusePath(name)).toBeNull());
});
