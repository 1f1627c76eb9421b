import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/domain/json.ts';
import { validateJson } from '../../../src/core/evaluation/validateJson.ts';
import { zipArchive } from '../../../src/adapters/node/sharing/zipArchive.ts';
import { packageLimits } from '../../../src/core/sharing/packageLimits.ts';
import { packageBytes, aPrompt } from '../../support/sharingPackages.ts';
import { runCli, workspaceOf } from './runCli.ts';

const files = {
  'greet.prompt.yaml': 'name: greet\nmessages:\n  - role: user\n    content: Greet {{who}}\n',
  'two.prompt.yaml': 'kind: chain\nname: two\nsteps:\n  - use: greet\n  - use: rev\n',
  'skills/rev/rev.prompt.yaml': 'kind: skill\nname: rev\ninstructions: Review.\nfiles: [rules.md]\n',
  'skills/rev/rules.md': 'Be kind.\n',
};
const schemas = path.resolve(import.meta.dirname, '../../../schemas');

async function fits(name: string, text: string): Promise<JsonObject> {
  const value = JSON.parse(text) as JsonObject;
  const schema = JSON.parse(await readFile(path.join(schemas, `${name}.schema.json`), 'utf8')) as JsonObject;
  expect(await validateJson(value, schema)).toEqual({ status: 'valid' });
  return value;
}

test('export and import bring a chain with all its files into another workspace', async () => {
  const from = await workspaceOf(files);
  const exported = await runCli(['export', 'two', '--output', 'out/two.promptly.zip', '--json'], {
    cwd: from,
  });
  expect(exported.code).toBe(0);
  const document = await fits('export', exported.stdout);
  expect(document).toMatchObject({
    output: 'out/two.promptly.zip',
    as: 'package',
    name: 'two',
    problems: [],
  });
  const source = path.join(from, 'out/two.promptly.zip');
  const bytes = await readFile(source);
  const again = await runCli(['export', 'two', '-o', 'out/two.promptly.zip'], { cwd: from });
  expect([again.code, again.stdout]).toEqual([0, 'out/two.promptly.zip\n']);
  expect((await readFile(source)).equals(bytes)).toBe(true);

  const into = await workspaceOf({});
  const dry = await runCli(['import', source, '--dry-run'], { cwd: into });
  expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('Would be (nothing was written)')]);
  expect(await stat(path.join(into, 'two.prompt.yaml')).catch(() => null)).toBeNull();
  const imported = await runCli(['import', source, '--json'], { cwd: into });
  expect(imported.code).toBe(0);
  const result = await fits('import', imported.stdout);
  expect(result).toMatchObject({ written: true, problems: [], warnings: [] });
  for (const [name, text] of Object.entries(files)) {
    expect(await readFile(path.join(into, name), 'utf8')).toBe(text);
  }
  const check = await runCli(['check'], { cwd: into });
  expect(check.code).toBe(0);
});

test('a conflict is shown as a diff and left alone, until somebody says what to do', async () => {
  const from = await workspaceOf(files);
  await runCli(['export', 'greet', 'rev', '--name', 'both'], { cwd: from });
  const source = path.join(from, 'both.promptly.zip');
  const mine = files['greet.prompt.yaml'].replace('Greet', 'Welcome');
  const into = await workspaceOf({ 'greet.prompt.yaml': mine });
  const refused = await runCli(['import', source, '--json'], { cwd: into });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('-    content: Welcome {{who}}\n+    content: Greet {{who}}\n');
  expect(refused.stderr).toContain('--overwrite takes the versions of the import, --rename');
  const result = await fits('import', refused.stdout);
  expect(result['written']).toBe(false);
  expect(result['files']).toContainEqual(
    expect.objectContaining({ path: 'greet.prompt.yaml', action: 'conflict' }),
  );
  expect(await stat(path.join(into, 'skills')).catch(() => null)).toBeNull();

  const renamed = await runCli(['import', source, '--rename'], { cwd: into });
  expect([renamed.code, renamed.stdout]).toEqual([
    0,
    expect.stringContaining('renamed greet.prompt.yaml to greet-2.prompt.yaml'),
  ]);
  expect(await readFile(path.join(into, 'greet.prompt.yaml'), 'utf8')).toBe(mine);
  expect(await readFile(path.join(into, 'greet-2.prompt.yaml'), 'utf8')).toContain('name: greet-2');
  const replaced = await runCli(['import', source, '--overwrite'], { cwd: into });
  expect([replaced.code, replaced.stdout]).toEqual([
    0,
    expect.stringContaining('replaced greet.prompt.yaml'),
  ]);
  expect(await readFile(path.join(into, 'greet.prompt.yaml'), 'utf8')).toBe(files['greet.prompt.yaml']);
});

test('a hostile package is exit code 2 with words, and writes nothing', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-hostile-'));
  const source = path.join(folder, 'evil.promptly.zip');
  await writeFile(source, packageBytes({ 'a.prompt.yaml': aPrompt, '../evil.md': 'x' }));
  const into = await workspaceOf({});
  const { code, stdout, stderr } = await runCli(['import', source, '--overwrite', '--json'], { cwd: into });
  expect(code).toBe(2);
  expect(stderr).toContain('../evil.md leads out of its folder with ..');
  const result = await fits('import', stdout);
  expect(result).toMatchObject({ written: false, files: [] });
  expect(await stat(path.join(into, 'a.prompt.yaml')).catch(() => null)).toBeNull();
});

test('a skill becomes a SKILL.md folder and comes back', async () => {
  const from = await workspaceOf(files);
  const exported = await runCli(['export', 'rev', '--as', 'skill', '--output', 'out', '--json'], {
    cwd: from,
  });
  expect(exported.code).toBe(0);
  expect(await fits('export', exported.stdout)).toMatchObject({ output: 'out/rev', as: 'skill' });
  expect(await readFile(path.join(from, 'out/rev/SKILL.md'), 'utf8')).toMatch(
    /^---\nname: rev\ndescription: /,
  );
  const blocked = await runCli(['export', 'rev', '--as', 'skill', '--output', 'out'], { cwd: from });
  expect(blocked.code).toBe(0);
  await writeFile(path.join(from, 'out/rev/SKILL.md'), 'mine');
  const refused = await runCli(['export', 'rev', '--as', 'skill', '--output', 'out'], { cwd: from });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--overwrite writes over it')]);
  const wrong = await runCli(['export', 'greet', '--as', 'skill'], { cwd: from });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--as skill takes one skill')]);
});

test('files of other formats are imported with their notes', async () => {
  const into = await workspaceOf({});
  const source = path.resolve('test/fixtures/sharing');
  const { code, stdout, stderr } = await runCli(['import', source, '--json'], { cwd: into });
  expect(code).toBe(0);
  const { files: written, notes } = (await fits('import', stdout)) as {
    files: { path: string }[];
    notes: unknown[];
  };
  expect(written.map((file) => file.path).sort()).toEqual([
    'prompts/Support-answer.prompt.yaml',
    'prompts/greet.formal.prompt.yaml',
    'prompts/review.prompt.yaml',
    'prompts/weather.prompt.yaml',
    'skills/pdf-forms/assets/form.png',
    'skills/pdf-forms/pdf-forms.prompt.yaml',
    'skills/pdf-forms/references/FIELDS.md',
    'skills/pdf-forms/scripts/fill.py',
  ]);
  expect(notes.length).toBeGreaterThan(20);
  expect(stderr).toContain('support.prompty:45 note `{% if order %}` has no counterpart.');
  const check = await runCli(['check'], { cwd: into });
  expect([check.code, check.stdout]).toEqual([0, '']);
});

test('wrong usage is said in words', async () => {
  const cwd = await workspaceOf({
    ...files,
    'out.prompt.yaml': 'kind: skill\nname: out\ninstructions: x\nfiles: [../x.md]\n',
  });
  const rows: readonly (readonly [string[], string])[] = [
    [['export'], 'name the prompts, files or folders to export'],
    [['export', 'nothing'], "no prompt is called 'nothing'"],
    [['export', 'out'], 'out.prompt.yaml:4 error'],
    [['import'], 'name a package'],
    [['import', 'gone.zip'], 'gone.zip does not exist'],
    [['import', 'two.prompt.yaml'], 'two.prompt.yaml cannot be imported'],
    [['import', 'x', '--overwrite', '--rename'], 'do not go together'],
    [['import', 'x', '--to', '../y'], 'lies outside the workspace folder'],
  ];
  for (const [args, words] of rows) {
    const { code, stderr } = await runCli(args, { cwd });
    expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(words)]);
  }
});

test('a program that came with a package runs only with consent', async () => {
  const from = await workspaceOf({
    'scored.prompt.yaml': `${files['greet.prompt.yaml']}testData:\n  - who: Ada\nevaluators:\n  - name: own\n    uses: ./own.mjs\n`,
    'own.mjs': 'export default () => 1;\n',
  });
  await runCli(['export', 'scored.prompt.yaml', '-o', 'p.promptly.zip'], { cwd: from });
  const into = await workspaceOf({});
  const imported = await runCli(['import', path.join(from, 'p.promptly.zip')], { cwd: into });
  expect(imported.code).toBe(0);
  expect(imported.stderr).toContain('scored.prompt.yaml warning It evaluates with the program `./own.mjs`');
  const refused = await runCli(['test', 'greet'], { cwd: into });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('own.mjs')]);
});

test('the manifest of a package fits its schema', async () => {
  const from = await workspaceOf(files);
  await runCli(['export', 'two', '-o', 'p.promptly.zip'], { cwd: from });
  const entries = await zipArchive.read(await readFile(path.join(from, 'p.promptly.zip')), packageLimits);
  const manifest = await fits('package', new TextDecoder().decode(entries[0]?.bytes));
  expect(manifest['files']).toHaveLength(4);
  const dated = await runCli(['export', 'two', '-o', 'q.promptly.zip'], {
    cwd: from,
    environment: { SOURCE_DATE_EPOCH: '86400' },
  });
  expect(dated.code).toBe(0);
  const again = await zipArchive.read(await readFile(path.join(from, 'q.promptly.zip')), packageLimits);
  expect(new TextDecoder().decode(again[0]?.bytes)).toContain('"created": "1970-01-02T00:00:00Z"');
});
