import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { EditorUser } from '../support/editorUser.ts';
import { activated, set, until, write } from '../support/workbench.ts';

const text = `name: to-review
messages:
  - role: user
    content: Improve this text {{text}}
testData:
  - text: The mill closes.
`;
const proposal = `<part-1>
Shorten the text between the marks to 2 sentences.

<text>{{text}}</text>
</part-1>`;

/** Quick picks and input boxes as somebody would answer them. */
class Picker {
  pick: (items: readonly vscode.QuickPickItem[]) => vscode.QuickPickItem | undefined = () => undefined;
  readonly shown: (readonly vscode.QuickPickItem[])[] = [];
  private readonly original = { pick: vscode.window.showQuickPick, input: vscode.window.showInputBox };

  constructor() {
    const showQuickPick = async (items: readonly vscode.QuickPickItem[]) => {
      this.shown.push(items);
      return Promise.resolve(this.pick(items));
    };
    Object.assign(vscode.window, { showQuickPick, showInputBox: () => Promise.resolve('shorter texts') });
  }

  leave(): void {
    Object.assign(vscode.window, {
      showQuickPick: this.original.pick,
      showInputBox: this.original.input,
    });
  }
}

describe('review and rewriting of a prompt', () => {
  let server: FaultServer;
  let user: EditorUser;
  let picker: Picker;
  let uri: vscode.Uri;
  const findings = () =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ code }) => typeof code === 'string' && code.startsWith('advice-'));
  const actionsAt = async (line: number) =>
    (
      await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        new vscode.Range(line, 16, line, 16),
      )
    ).map(({ title }) => title);

  before(async () => {
    await activated();
    server = await startFaultServer({ models: ['test-model'], answer: () => proposal });
    user = new EditorUser();
    picker = new Picker();
    await set('ollama.url', server.url);
    await set('ollama.model', 'test-model');
    await set('defaultBackend', 'ollama');
    await set('cache.enabled', false);
    uri = await write('to-review.prompt.yaml', text);
    await vscode.window.showTextDocument(uri);
  });
  beforeEach(() => {
    user.notices.length = 0;
    user.press = () => undefined;
    picker.pick = () => undefined;
  });
  after(async () => {
    user.leave();
    picker.leave();
    for (const name of ['ollama.url', 'ollama.model', 'defaultBackend', 'cache.enabled'])
      await set(name, undefined);
    await server.close();
  });

  it('a lightbulb stands where a rule has something to say, and nothing is underlined unasked', async () => {
    assert.ok((await actionsAt(3)).some((title) => /^Review this prompt \(\d suggestions\)$/.test(title)));
    assert.deepEqual(
      (await actionsAt(5)).filter((title) => /Review|Rewrite/.test(title)),
      [],
    );
    assert.deepEqual(findings(), []);
  });

  it('a review shows what the rules find, keeps up with the text, and can be hidden', async () => {
    await vscode.commands.executeCommand('promptly.reviewPrompt', uri);
    const found = await until('the findings', () => findings().length > 0 && findings());
    assert.ok(found.every(({ severity }) => severity === vscode.DiagnosticSeverity.Information));
    const vague = found.find(({ code }) => code === 'advice-vague');
    assert.match(vague?.message ?? '', /^"Improve" can mean many things\. /);
    assert.deepEqual(vague?.range, new vscode.Range(3, 13, 3, 20));
    assert.ok(picker.shown[0]?.some(({ label }) => label.includes('Rewrite with a model')));
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(3, 13, 3, 20), 'Shorten to 2 sentences');
    await vscode.workspace.applyEdit(edit);
    await until('the finding to go', () => !findings().some(({ code }) => code === 'advice-vague'));
    await vscode.commands.executeCommand('promptly.hideReview', uri);
    assert.deepEqual(findings(), []);
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => document.getText() === text);
  });

  it('a rewrite is a diff that changes nothing until it is applied', async () => {
    await vscode.commands.executeCommand('promptly.rewritePrompt', uri);
    const body = JSON.stringify(server.calls().at(-1)?.body);
    assert.match(body, /shorter texts/);
    assert.match(body, /<material-[0-9a-f]{16}>\\nImprove this text \{\{text\}\}\\n<\/material/);
    const input = await until('the diff', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return tab instanceof vscode.TabInputTextDiff && tab;
    });
    assert.equal(input.original.toString(), uri.toString());
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), text);
    const notice = await until('the offer', () => user.notices[0]);
    assert.deepEqual(notice.buttons, ['Apply', 'Test My Improvement']);
    await vscode.commands.executeCommand('promptly.applyRewrite', input.modified);
    const applied = document.getText();
    assert.match(
      applied,
      /Shorten the text between the marks to 2 sentences\.\n\n {6}<text>\{\{text\}\}<\/text>/,
    );
    assert.ok(applied.startsWith('name: to-review\nmessages:\n  - role: user\n    content: '));
    assert.ok(applied.endsWith('testData:\n  - text: The mill closes.\n'));
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => document.getText() === text);
  });

  it('an improvement is tested in the A/B panel, old against new', async () => {
    user.press = ({ buttons }) => buttons.find((label) => label === 'Test My Improvement');
    await vscode.commands.executeCommand('promptly.rewritePrompt', uri);
    await until('the panel', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ label }) => label === 'A/B Test: to-review, rewritten'),
    );
  });

  it('what a model cannot do is said', async () => {
    server.setAnswer(() => 'Sorry, I cannot do that.');
    const two = await write(
      'two-parts.prompt.yaml',
      'name: two-parts\nmessages:\n  - role: system\n    content: You help.\n  - role: user\n    content: Sum up {{text}}\n',
    );
    await vscode.commands.executeCommand('promptly.rewritePrompt', two);
    const notice = await until('the message', () => user.notices[0]);
    assert.match(notice.message, /cannot be used/);
    const document = await vscode.workspace.openTextDocument(two);
    const before = document.getText();
    const bad: [string, RegExp][] = [
      ['', /answered nothing/],
      ['<part-1>\nYou help.\n</part-1>\n<part-2>\nSum it up\n</part-2>', /would use \{\{text\}\} no more/],
      ['<part-1></part-1><part-2></part-2>', /no rewritten text/],
      ['<part-1>\nYou help.\n</part-1>\n<part-2>\nSum up {{text}}\n</part-2>', /leave two-parts as it is/],
    ];
    for (const [answer, words] of bad) {
      server.setAnswer(() => answer);
      user.notices.length = 0;
      await vscode.commands.executeCommand('promptly.rewritePrompt', two);
      const said = await until('the message', () => user.notices[0]);
      assert.match(said.message, words);
      assert.equal(document.getText(), before);
      assert.equal(document.isDirty, false);
    }
    server.setFault('model-not-found');
    user.notices.length = 0;
    await vscode.commands.executeCommand('promptly.rewritePrompt', two);
    const failed = await until('the message', () => user.notices[0]);
    assert.equal(failed.severity, 'error');
  });
});
