import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import type { RunOutcome } from '../../../src/hosts/vscode/run/promptRunner.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { editorOnServer, type EditorOnServer } from '../support/editorOnServer.ts';
import type { EditorUser } from '../support/editorUser.ts';
import { fileUri, run, set, until, write } from '../support/workbench.ts';

const scripted = (reply: string, extra = ''): string => `name: scripted-one
backend: scripted
messages:
  - role: user
    content: Say {{what}}.
modelParameters:
  options:
    scripted:
      reply: ${JSON.stringify(reply)}
${extra}`;

describe('running a prompt', () => {
  let around: EditorOnServer;
  let api: ExtensionApi;
  let server: FaultServer;
  let user: EditorUser;

  before(async () => {
    around = await editorOnServer({ models: ['test-model'] });
    ({ api, server, user } = around);
  });
  beforeEach(() => around.reset());
  after(() => around.end());

  it('tells in the status bar what answered where nobody chose, not what was named or failed', async () => {
    const uri = await write('chosen.prompt.yaml', 'name: chosen\nmessages: [{role: user, content: Hi}]\n');
    await set('ollama.model', 'test-model');
    assert.equal((await run(uri)).state, 'finished');
    await set('defaultBackend', 'auto');
    await until('auto', () => api.statusText().includes('auto'));
    assert.ok(!api.statusText().includes('ollama'), api.statusText());
    server.setFault('model-not-found');
    assert.equal((await run(uri)).state, 'failed');
    assert.ok(!api.statusText().includes('ollama'), api.statusText());
    server.setFault(null);
    assert.equal((await run(uri)).state, 'finished');
    await until('what answered', () => api.statusText().includes('auto → ollama · test-model'));
    await set('ollama.model', undefined);
    await set('defaultBackend', 'ollama');
    await vscode.workspace.fs.delete(uri);
  });

  it('opens the panel of an A/B test that somebody runs, as the button in the title does', async () => {
    const uri = await write(
      'tested.prompt.yaml',
      'kind: abtest\nname: tested\nvariants: [greeting, greeting]\n',
    );
    await vscode.window.showTextDocument(uri);
    assert.equal(await vscode.commands.executeCommand('promptly.runPrompt', uri), undefined);
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('the panel', () => labels().includes('A/B Test: tested'));
    assert.deepEqual(user.notices, []);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  });

  it('shows Run above a prompt, and Cancel while it runs', async () => {
    const uri = fileUri('greeting.prompt.yaml');
    await vscode.window.showTextDocument(uri);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    assert.deepEqual(
      lenses.map((lens) => lens.command?.title),
      ['$(play) Run', 'Run with…', 'A/B Test…', 'Compare with HEAD'],
    );
    await set('codeLens.enabled', false);
    const none = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    await set('codeLens.enabled', undefined);
    assert.equal(none.length, 0);
  });

  it('runs a lens as a click does', async () => {
    const uri = await write('lens.prompt.yaml', scripted('from a lens').replace(' {{what}}', ' it'));
    const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      (await vscode.workspace.openTextDocument(uri)).uri,
    );
    assert.ok(lens?.command);
    const outcome = await vscode.commands.executeCommand<RunOutcome>(
      lens.command.command,
      ...(lens.command.arguments as unknown[]),
    );
    assert.equal(outcome.output, 'from a lens');
  });

  it('streams the answer of an Ollama server into the output, with header and footer', async () => {
    server.setAnswer(() => 'Hello, Ada!');
    const outcome = await run(fileUri('greeting.prompt.yaml'), { inputs: { name: 'Ada' } });
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.equal(outcome.output, 'Hello, Ada!');
    const text = api.outputText();
    assert.match(text, /Backend: Ollama · Model: test-model/);
    assert.match(text, /\nHello, Ada!\n/);
    assert.match(text, /✓ Done · first text .* total .* tokens \d+ in, \d+ out .* 1 attempt/);
    const messages = JSON.stringify(server.calls().at(-1)?.body);
    assert.match(messages, /Greet Ada/);
  });

  it('runs on the scripted backend and says that no model was involved', async () => {
    const uri = await write('scripted.prompt.yaml', scripted('\u001b[31mred\u001b[0m {{what}}'));
    const outcome = await run(uri, { inputs: { what: 'hello' } });
    assert.equal(outcome.state, 'finished');
    assert.match(api.outputText(), /Scripted \(no model\)/);
    assert.match(api.outputText(), /\nred hello\n/);
    assert.ok(!api.outputText().includes('\u001b'));
  });

  it('takes unsaved text', async () => {
    const uri = await write('unsaved.prompt.yaml', scripted('old'));
    const editor = await vscode.window.showTextDocument(uri);
    const at = editor.document.getText().indexOf('old');
    await editor.edit((edit) => {
      const start = editor.document.positionAt(at);
      edit.replace(new vscode.Range(start, start.translate(0, 3)), 'new');
    });
    const outcome = await run(uri, { inputs: { what: 'x' } });
    assert.equal(outcome.output, 'new');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('stops at once when cancelled, and the connection is closed', async () => {
    server.setFault('hang-midway');
    const uri = fileUri('greeting.prompt.yaml');
    const running = run(uri, { inputs: { name: 'Ada' } });
    await until('the first call', () => server.openCalls() > 0);
    assert.match(api.statusText(), /greeting/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    assert.equal(lenses[0]?.command?.title, '$(stop-circle) Cancel');
    const began = Date.now();
    await vscode.commands.executeCommand('promptly.cancelRun');
    const outcome = await running;
    const tookMs = Date.now() - began;
    assert.equal(outcome.state, 'cancelled');
    assert.ok(tookMs < 200, `cancelling took ${tookMs} ms`);
    await until('the connection to close', () => server.openCalls() === 0, 2_000);
    assert.deepEqual(user.notices, []);
    assert.match(api.outputText(), /■ Cancelled/);
  });

  it('shows waits between attempts', async () => {
    server.setFault('status-500', 1);
    await set('retryDelaySeconds', 0.05);
    const outcome = await run(fileUri('greeting.prompt.yaml'), { inputs: { name: 'Ada' } });
    await set('retryDelaySeconds', undefined);
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.match(api.outputText(), /Attempt 1 failed: .* Next in/);
    assert.match(api.outputText(), /2 attempts/);
  });

  it('runs again, copies the output and opens it as a document', async () => {
    const uri = await write('again.prompt.yaml', scripted('a {{what}}'));
    await run(uri, { inputs: { what: 'b' } });
    const again = await vscode.commands.executeCommand<RunOutcome>('promptly.runAgain');
    assert.equal(again.output, 'a b');
    await vscode.commands.executeCommand('promptly.openOutputAsDocument');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'a b');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keeps answers on record, says so, and asks anew for Run Again', async () => {
    await set('cache.enabled', true);
    server.setAnswer(() => 'first answer');
    const uri = fileUri('greeting.prompt.yaml');
    await run(uri, { inputs: { name: 'Grace' } });
    const calls = server.calls().length;
    server.setAnswer(() => 'second answer');
    const recorded = await run(uri, { inputs: { name: 'Grace' } });
    assert.equal(recorded.output, 'first answer');
    assert.equal(server.calls().length, calls);
    assert.match(api.outputText(), /✓ Done · recorded answer, no model was asked/);
    const again = await vscode.commands.executeCommand<RunOutcome>('promptly.runAgain');
    await set('cache.enabled', undefined);
    assert.equal(again.output, 'second answer');
    const runs = await vscode.workspace.fs.readDirectory(fileUri('.promptly/runs'));
    assert.ok(runs.length >= 3, `${runs.length} runs are kept`);
  });

  it('asks for inputs, and a test case answers all of them', async () => {
    server.setAnswer(() => 'Hello from a case');
    const uri = fileUri('greeting.prompt.yaml');
    const running = vscode.commands.executeCommand<RunOutcome | undefined>('promptly.runPrompt', uri);
    const accepted = new Promise<void>((resolve) => setTimeout(resolve, 1_000)).then(async () => {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectPrevious');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    });
    const outcome = await running;
    await accepted;
    assert.equal(outcome?.state, 'finished');
    assert.match(JSON.stringify(server.calls().at(-1)?.body), /Greet Ada/);
  });

  it('ends without a word when the question is dismissed', async () => {
    const calls = server.calls().length;
    const uri = fileUri('greeting.prompt.yaml');
    const running = vscode.commands.executeCommand<RunOutcome | undefined>('promptly.runPrompt', uri);
    setTimeout(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 1_000);
    assert.equal(await running, undefined);
    assert.equal(server.calls().length, calls);
    assert.deepEqual(user.notices, []);
  });
});
