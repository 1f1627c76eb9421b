import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { packageBytes } from '../../support/sharingPackages.ts';
import { DialogAnswers } from '../support/dialogAnswers.ts';
import { EditorUser } from '../support/editorUser.ts';
import { activated, fileUri, until, write } from '../support/workbench.ts';

const theirs = 'name: greeting\nmessages:\n  - role: user\n    content: Their greeting for {{name}}.\n';
const chain = 'kind: chain\nname: arrived\nsteps:\n  - use: greeting\n';

interface Choice {
  readonly label: string;
}

describe('sharing', () => {
  let api: ExtensionApi;
  let user: EditorUser;
  let dialogs: DialogAnswers;
  let mine: string;
  let source: vscode.Uri;

  const read = async (path: string): Promise<string | null> =>
    vscode.workspace.fs.readFile(fileUri(path)).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => null,
    );
  const names = async (): Promise<readonly string[]> => (await api.prompts()).map(({ name }) => name);
  const diffs = (): vscode.TabInputTextDiff[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs.map(({ input }) => input))
      .filter((input) => input instanceof vscode.TabInputTextDiff);
  const remove = async (...paths: string[]): Promise<void> => {
    for (const path of paths) await vscode.workspace.fs.delete(fileUri(path), { recursive: true });
  };
  /** Answers each conflict with the choice of that label; undefined: Escape. Notes what was shown meanwhile. */
  const choose = (label: string | undefined): { titles: string[]; shown: string[] } => {
    const seen = { titles: [] as string[], shown: [] as string[] };
    dialogs.set('showQuickPick', async (items, options) => {
      seen.titles.push((options as { title: string }).title);
      const diff = await until('the diff', () => diffs()[0]);
      const right = await vscode.workspace.openTextDocument(diff.modified);
      seen.shown.push(`${vscode.workspace.asRelativePath(diff.original)} | ${right.getText()}`);
      return (items as Choice[]).find((item) => item.label === label);
    });
    return seen;
  };

  before(async () => {
    api = await activated();
    // A diff of another suite's may still stand open.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    user = new EditorUser();
    dialogs = new DialogAnswers();
    mine = (await read('greeting.prompt.yaml')) ?? '';
    assert.notEqual(mine, '');
    const bytes = packageBytes({ 'greeting.prompt.yaml': theirs });
    source = fileUri('some.promptly.zip');
    await vscode.workspace.fs.writeFile(source, bytes);
  });
  beforeEach(() => {
    user.notices.length = 0;
    user.press = ({ buttons }) => (buttons.includes('Import') ? 'Import' : undefined);
  });
  after(async () => {
    user.leave();
    dialogs.leave();
    await remove('some.promptly.zip');
  });

  it('shows a conflict as a diff, and Escape leaves everything as it was', async () => {
    const seen = choose(undefined);
    await vscode.commands.executeCommand('promptly.importPrompts', source);
    assert.deepEqual(seen.titles, ['greeting.prompt.yaml is there already (1 of 1)']);
    assert.deepEqual(seen.shown, [`greeting.prompt.yaml | ${theirs}`]);
    assert.equal(await read('greeting.prompt.yaml'), mine);
    assert.deepEqual(diffs(), []);
  });

  it('keeps both under names of their own', async () => {
    choose('Keep Both');
    await vscode.commands.executeCommand('promptly.importPrompts', source);
    assert.equal(await read('greeting.prompt.yaml'), mine);
    assert.equal(await read('greeting-2.prompt.yaml'), theirs.replace('name: greeting', 'name: greeting-2'));
    await until('the index', async () => (await names()).includes('greeting-2'));
    assert.match(user.notices.at(-1)?.message ?? '', /^1 file was imported\./);
    await remove('greeting-2.prompt.yaml');
  });

  it('replaces what it is told to, and says when there is nothing to do', async () => {
    choose('Replace');
    await vscode.commands.executeCommand('promptly.importPrompts', source);
    assert.equal(await read('greeting.prompt.yaml'), theirs);
    await vscode.commands.executeCommand('promptly.importPrompts', source);
    assert.match(user.notices.at(-1)?.message ?? '', /everything is there already/);
    await write('greeting.prompt.yaml', mine);
  });

  it('refuses a package that would write outside, in words', async () => {
    await vscode.workspace.fs.writeFile(
      source,
      packageBytes({ 'new.prompt.yaml': chain, '../evil.md': 'x' }),
    );
    await vscode.commands.executeCommand('promptly.importPrompts', source);
    const [notice] = user.notices;
    assert.equal(notice?.severity, 'error');
    assert.match(notice.message, /^Nothing was imported\. .*evil\.md leads out of its folder with \.\./);
    assert.equal(await read('new.prompt.yaml'), null);
  });

  it('exports a chain with what it uses, and imports it again', async () => {
    const uri = await write('arrived.prompt.yaml', chain);
    await until('the index', async () => (await names()).includes('arrived'));
    const target = fileUri('arrived.promptly.zip');
    dialogs.set('showSaveDialog', () => target);
    await vscode.commands.executeCommand('promptly.exportPrompts', uri);
    assert.match(user.notices.at(-1)?.message ?? '', /^2 files are in arrived\.promptly\.zip\./);
    await remove('arrived.prompt.yaml');
    await vscode.commands.executeCommand('promptly.importPrompts', target);
    assert.equal(await read('arrived.prompt.yaml'), chain);
    assert.match(user.notices.at(-1)?.message ?? '', /^1 file was imported\./);
    await remove('arrived.prompt.yaml', 'arrived.promptly.zip');
  });

  it('exports a folder: every prompt in it, with what they use elsewhere', async () => {
    await write('some/a.prompt.yaml', chain.replace('arrived', 'a'));
    await write('some/below/b.prompt.yaml', theirs.replace('name: greeting', 'name: b'));
    await write('bare/notes.md', 'No prompts.\n');
    await until('the index', async () => (await names()).includes('a') && (await names()).includes('b'));
    let proposed = '';
    const target = fileUri('out.promptly.zip');
    dialogs.set('showSaveDialog', (options) => {
      proposed = (options as vscode.SaveDialogOptions).defaultUri?.path.split('/').at(-1) ?? '';
      return target;
    });
    await vscode.commands.executeCommand('promptly.exportPrompts', fileUri('some'), [fileUri('some')]);
    assert.equal(proposed, 'some.promptly.zip');
    assert.match(user.notices.at(-1)?.message ?? '', /^3 files are in out\.promptly\.zip\./);
    // Several in the explorer: a folder, and a file that is in it already.
    const selected = [fileUri('some/below'), fileUri('some/below/b.prompt.yaml')];
    await vscode.commands.executeCommand('promptly.exportPrompts', selected[0], selected);
    assert.match(user.notices.at(-1)?.message ?? '', /^1 file is in out\.promptly\.zip\./);
    await vscode.commands.executeCommand('promptly.exportPrompts', fileUri('bare'), [fileUri('bare')]);
    assert.equal(user.notices.at(-1)?.message, 'There are no prompt files here to export.');
    await remove('some', 'bare', 'out.promptly.zip');
    await until('the index again', async () => !(await names()).includes('b'));
  });

  it('brings a skill to a SKILL.md folder and back', async () => {
    const skill =
      'kind: skill\nname: tidy\ndescription: Tidies up.\ninstructions: Tidy.\nfiles:\n  - rules.md\n';
    const uri = await write('skills/tidy/tidy.prompt.yaml', skill);
    await write('skills/tidy/rules.md', 'Rules.\n');
    dialogs.set('showQuickPick', (items) => (items as Choice[]).find(({ label }) => label === 'Agent Skill'));
    dialogs.set('showOpenDialog', () => [fileUri('out')]);
    await vscode.workspace.fs.createDirectory(fileUri('out'));
    await vscode.commands.executeCommand('promptly.exportPrompts', uri);
    assert.match(
      (await read('out/tidy/SKILL.md')) ?? '',
      /^---\nname: tidy\ndescription: Tidies up\.\n---\n\nTidy\.\n$/,
    );
    assert.equal(await read('out/tidy/rules.md'), 'Rules.\n');
    await remove('skills');
    await until('the index', async () => !(await names()).includes('tidy'));
    await vscode.commands.executeCommand('promptly.importPrompts', fileUri('out/tidy/SKILL.md'));
    assert.equal(await read('out/tidy/tidy.prompt.yaml'), skill);
    await until('the index again', async () => (await names()).includes('tidy'));
    await remove('out');
  });
});
