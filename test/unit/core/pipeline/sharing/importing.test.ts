import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestOf, packageBytes, sha256 } from '../../../../support/sharingPackages.ts';
import { sharingFolder, type SharingFolder } from '../../../../support/sharingFolder.ts';

const chain = 'kind: chain\nname: all\n# the steps\nsteps:\n  - use: one\n  - use: ./b/two.prompt.yaml\n';
const one = 'name: one\nmessages:\n  - role: user\n    content: One {{x}}\n';
const two =
  'kind: skill\nname: two\ninstructions: Two\nfiles:\n  - ../docs/x.md\ntestDataFile: ../docs/cases.csv\n';
const test =
  'kind: abtest\nname: cmp\nvariants:\n  - one\n  - prompt: two\n    label: b\nevaluators:\n  - name: own\n    uses: ./own.mjs\n';
const files = {
  'all.prompt.yaml': chain,
  'one.prompt.yaml': one,
  'b/two.prompt.yaml': two,
  'cmp.prompt.yaml': test,
  'own.mjs': 'export default () => 1;\n',
  'docs/x.md': 'X\n',
  'docs/cases.csv': 'input\n1\n',
};

/** A package of all these files. */
async function packed(): Promise<string> {
  const from = await sharingFolder(files);
  const collected = await from.collect(
    ['all', 'cmp'].map((name) => path.join(from.folder, `${name}.prompt.yaml`)),
  );
  expect(collected.problems).toEqual([]);
  return from.write('all.promptly.zip', from.pack(collected, 'all', 0).bytes);
}

const planFor = async (into: SharingFolder, source?: string) =>
  into.plan({ sources: [{ path: source ?? (await packed()), shown: 'all.promptly.zip' }], into: null });

describe('an import', () => {
  it('writes everything, says what programs there are, and leaves nothing behind', async () => {
    const into = await sharingFolder();
    const plan = await planFor(into);
    expect(plan.warnings).toEqual([
      {
        file: 'cmp.prompt.yaml',
        line: null,
        message:
          'It evaluates with the program `./own.mjs`, which runs only with your consent: a trusted workspace, or --yes.',
      },
    ]);
    const decision = await into.decide(plan, new Map());
    expect(await into.all()).toEqual({});
    await into.apply(decision);
    expect(await into.all()).toEqual(files);
  });

  it('never writes over a file without being told so', async () => {
    const into = await sharingFolder({ 'one.prompt.yaml': `${one}# mine\n`, 'docs/x.md': 'X\n' });
    const plan = await planFor(into);
    expect(plan.files.map(({ path: each, state }) => `${each} ${state}`)).toEqual([
      'all.prompt.yaml new',
      'b/two.prompt.yaml new',
      'cmp.prompt.yaml new',
      'docs/cases.csv new',
      'docs/x.md same',
      'one.prompt.yaml conflict',
      'own.mjs new',
    ]);
    await into.apply(await into.decide(plan, new Map()));
    expect(await into.all()).toEqual({ ...files, 'one.prompt.yaml': `${one}# mine\n` });
    const again = await planFor(into);
    await into.apply(await into.decide(again, new Map([['one.prompt.yaml', 'replace']])));
    expect(await into.all()).toEqual(files);
  });

  it('gives renamed files names of their own, and what refers to them the new ones', async () => {
    const own = {
      'one.prompt.yaml': `${one}# mine\n`,
      'one-2.prompt.yaml': 'name: x\nmessages: [{role: user, content: x}]\n',
      'b/two.prompt.yaml': `${two}# mine\n`,
      'docs/x.md': 'mine\n',
      'own.mjs': 'mine\n',
    };
    const into = await sharingFolder(own);
    const plan = await planFor(into);
    const choices = new Map(
      plan.files.filter(({ state }) => state === 'conflict').map((file) => [file.path, 'rename' as const]),
    );
    expect(choices.size).toBe(4);
    const decision = await into.decide(plan, choices);
    await into.apply(decision);
    expect(
      decision.results
        .filter(({ action }) => action === 'renamed')
        .map(({ wanted, path: each }) => `${wanted} ${each}`),
    ).toEqual([
      'b/two.prompt.yaml b/two-2.prompt.yaml',
      'docs/x.md docs/x-2.md',
      'one.prompt.yaml one-3.prompt.yaml',
      'own.mjs own-2.mjs',
    ]);
    expect(await into.all()).toEqual({
      ...own,
      'all.prompt.yaml':
        'kind: chain\nname: all\n# the steps\nsteps:\n  - use: one-3\n  - use: ./b/two-2.prompt.yaml\n',
      'one-3.prompt.yaml': one.replace('name: one', 'name: one-3'),
      'b/two-2.prompt.yaml': two
        .replace('name: two', 'name: two-2')
        .replace('../docs/x.md', '../docs/x-2.md'),
      'cmp.prompt.yaml': test
        .replace('- one', '- one-3')
        .replace('prompt: two', 'prompt: two-2')
        .replace('./own.mjs', './own-2.mjs'),
      'own-2.mjs': files['own.mjs'],
      'docs/x-2.md': files['docs/x.md'],
      'docs/cases.csv': files['docs/cases.csv'],
    });
  });

  it('writes nothing when a file changed while somebody was choosing', async () => {
    const into = await sharingFolder({ 'one.prompt.yaml': 'old' });
    const plan = await planFor(into);
    const decision = await into.decide(plan, new Map([['one.prompt.yaml', 'replace']]));
    await into.write('one.prompt.yaml', 'newer');
    await expect(into.apply(decision)).rejects.toThrow(
      'one.prompt.yaml changed while it was looked at; nothing was written',
    );
    expect(await into.all()).toEqual({ 'one.prompt.yaml': 'newer' });
  });

  it('undoes what was written when the disk fails on the way', async () => {
    const into = await sharingFolder({ 'all.prompt.yaml': 'mine', 'docs/own.md': 'mine' });
    const plan = await planFor(into);
    const decision = await into.decide(plan, new Map([['all.prompt.yaml', 'replace']]));
    const { writes } = decision;
    // A name no file system takes, after the others.
    const broken = {
      ...decision,
      writes: [...writes, { path: `${'x'.repeat(300)}/y`, bytes: new Uint8Array(), replaces: null }],
    };
    await expect(into.apply(broken)).rejects.toThrow(/nothing was (changed|written)/);
    expect(await into.all()).toEqual({ 'all.prompt.yaml': 'mine', 'docs/own.md': 'mine' });
    await into.apply(decision);
    expect(Object.keys(await into.all())).toHaveLength(Object.keys(files).length + 1);
  });

  it('warns of names that others have, and of what is missing', async () => {
    const into = await sharingFolder({ 'elsewhere/mine.prompt.yaml': one });
    const from = await sharingFolder({ 'one.prompt.yaml': one });
    const collected = await from.collect([path.join(from.folder, 'one.prompt.yaml')]);
    const source = await from.write('p.promptly.zip', from.pack(collected, 'p', 0).bytes);
    const plan = await planFor(into, source);
    expect(plan.warnings.map(({ message }) => message)).toEqual([
      'The name `one` is also that of elsewhere/mine.prompt.yaml. Give one of them another `name`.',
    ]);
  });

  it('warns of files of the workspace that arriving prompts would send', async () => {
    const into = await sharingFolder({ 'notes.md': 'private', '.env': 'KEY=1' });
    const skill = 'kind: skill\nname: s\ninstructions: x\nfiles: [../notes.md, ../.env, gone.md]\n';
    const bytes = packageBytes(
      { 's/s.prompt.yaml': skill },
      {
        manifest: {
          ...manifestOf({ 's/s.prompt.yaml': skill }),
          files: [{ path: 's/s.prompt.yaml', kind: 'skill', size: skill.length, sha256: sha256(skill) }],
        },
      },
    );
    const from = await sharingFolder();
    const plan = await planFor(into, await from.write('s.promptly.zip', bytes));
    expect(plan.warnings.map(({ message }) => message)).toEqual([
      'It uses `../notes.md` of this workspace, which is not part of the import: see that it may be sent.',
      'It uses `../.env` of this workspace, which is not part of the import: see that it may be sent.',
      'It names `gone.md`, which is neither part of the import nor in the workspace.',
    ]);
  });

  it('of two sources that give one path is refused', async () => {
    const into = await sharingFolder();
    const source = await packed();
    const sources = [1, 2].map(() => ({ path: source, shown: 'all.promptly.zip' }));
    const { problems } = await into.plan({ sources, into: null });
    expect(problems[0]?.message).toBe('all.prompt.yaml is there twice. Import them one by one.');
  });

  it('into a folder keeps everything in it', async () => {
    const into = await sharingFolder();
    await mkdir(path.join(into.folder, 'vendor'));
    const plan = await into.plan({ sources: [{ path: await packed(), shown: 'x' }], into: 'vendor' });
    await into.apply(await into.decide(plan, new Map()));
    expect(Object.keys(await into.all())).toEqual(
      Object.keys(files)
        .map((each) => `vendor/${each}`)
        .sort(),
    );
    const outside = await into.plan({ sources: [{ path: await packed(), shown: 'x' }], into: '..' });
    expect(outside.problems[0]?.message).toContain('leads out of its folder');
    await rm(into.folder, { recursive: true });
  });
});
