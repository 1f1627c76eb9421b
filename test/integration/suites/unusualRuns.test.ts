import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { editorOnServer, type EditorOnServer } from '../support/editorOnServer.ts';
import { EditorUser } from '../support/editorUser.ts';
import { fileUri, run, until, write } from '../support/workbench.ts';

const prompt = (name: string): string =>
  `name: ${name}\nmessages:\n  - role: user\n    content: About ${name}.\n`;

describe('runs that are out of the ordinary', () => {
  let around: EditorOnServer;
  let api: ExtensionApi;
  let server: FaultServer;
  let user: EditorUser;
  const question = (): string => JSON.stringify(server.calls().at(-1)?.body?.['messages']);

  before(async () => {
    around = await editorOnServer({ models: ['test-model'], frameDelayMs: 5 }, { retries: 0 });
    ({ api, server, user } = around);
  });
  beforeEach(() => {
    around.reset();
    server.setAnswer(() => 'An answer.');
  });
  after(() => around.end());

  it('reads a file with a byte-order mark and the line ends of Windows', async () => {
    const text =
      '\uFEFFname: from-windows\nmessages:\n  - role: user\n    content: |\n      One\n      two\n';
    const uri = await write('windows.prompt.yaml', text.replaceAll('\n', '\r\n'));
    const outcome = await run(uri);
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.match(question(), /"One\\ntwo\\n"/);
    await until('the name', async () => (await api.prompts()).some(({ name }) => name === 'from-windows'));
  });

  it('shows and keeps an answer of a megabyte', async () => {
    const line = `${'word '.repeat(2_000)}\n`;
    server.setAnswer(() => ({ text: Array.from({ length: 100 }, () => line) }));
    const outcome = await run(await write('long.prompt.yaml', prompt('long')));
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.equal(outcome.output, line.repeat(100));
    assert.match(api.outputText(), /word \n+✓ Done .*\n─+\n$/);
    await vscode.commands.executeCommand('promptly.openOutputAsDocument');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), outcome.output);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keeps two runs at once apart', async () => {
    server.setAnswer(() => 'one two three four five six seven eight nine ten');
    const [first, second] = [
      await write('side.prompt.yaml', prompt('side')),
      await write('other.prompt.yaml', prompt('other')),
    ];
    const outcomes = await Promise.all([run(first), run(second)]);
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['finished', 'finished'],
    );
    const pages = api.outputText().split('▷ ').slice(-2);
    assert.deepEqual(pages.map((page) => page.split(' ', 1)[0]).sort(), ['other', 'side']);
    for (const page of pages) assert.match(page, /\none two three .* nine ten\n[^]*✓ Done .*\n─+\n/);
  });

  it('runs what failed again, though something else has run since', async () => {
    const failing = await write('failing.prompt.yaml', prompt('failing'));
    const other = await write('between.prompt.yaml', prompt('between'));
    let press: (button: string) => void = () => undefined;
    const pressed = new Promise<string>((resolve) => (press = resolve));
    Object.assign(vscode.window, { showErrorMessage: () => pressed });
    server.setFault('status-500', 1);
    const outcome = await run(failing);
    assert.equal(outcome.state, 'failed');
    await run(other);
    assert.match(question(), /About between/);
    press('Run Again');
    await until('the failed one', () => question().includes('About failing'));
    user.leave();
    user = new EditorUser();
  });

  it('says that a file has gone, and offers to choose another', async () => {
    const gone = fileUri('folder/gone.prompt.yaml');
    const target = { file: gone.toString(), inputs: {} };
    assert.equal(await vscode.commands.executeCommand('promptly.runPrompt', target), undefined);
    const [notice] = user.notices;
    assert.match(notice?.message ?? '', /^folder\/gone\.prompt\.yaml cannot be opened\./);
    assert.deepEqual(notice?.buttons, ['Choose Prompt']);
  });

  it('follows a file that is renamed while it is open', async () => {
    const uri = await write('before.prompt.yaml', prompt('renamed'));
    await vscode.window.showTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, fileUri('after.prompt.yaml'));
    await vscode.workspace.applyEdit(edit);
    await until('the new tab', () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('/after.prompt.yaml'),
    );
    const outcome = await vscode.commands.executeCommand<{ state: string }>('promptly.runPrompt');
    assert.equal(outcome.state, 'finished');
    const places = async (): Promise<readonly string[]> =>
      (await api.prompts()).filter(({ name }) => name === 'renamed').map(({ file }) => file);
    await until('one place', async () => (await places()).join() === fileUri('after.prompt.yaml').fsPath);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
