import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import type { RunOutcome } from '../../../src/hosts/vscode/run/promptRunner.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { activated, fileUri, run, set } from '../support/workbench.ts';

const execute = promisify(execFile);
const times = new Set(['totalMs', 'firstTextMs']);

/** The newest run's document, times left out: they differ by nature. */
async function newestReport(folder: string): Promise<unknown> {
  const runs = path.join(folder, '.promptly', 'runs');
  const newest = (await readdir(runs)).sort().at(-1);
  assert.ok(newest, 'no run was recorded');
  const text = await readFile(path.join(runs, newest, 'report.json'), 'utf8');
  return JSON.parse(text, (key, value: unknown) => (times.has(key) ? typeof value : value));
}

describe('runs and answers on disk', () => {
  let api: ExtensionApi;
  let server: FaultServer;
  const folder = fileUri('').fsPath;
  const prompt = fileUri('greeting.prompt.yaml');

  before(async () => {
    api = await activated();
    server = await startFaultServer({ models: ['test-model'] });
    await set('ollama.url', server.url);
    await set('defaultBackend', 'ollama');
  });
  after(async () => {
    await set('ollama.url', undefined);
    await set('defaultBackend', undefined);
    await server.close();
  });

  it('gives the same document as the command line', async () => {
    const outcome = await run(prompt, { inputs: { name: 'Grace' } });
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    const fromEditor = await newestReport(folder);
    const extension = vscode.extensions.getExtension('promptly.promptly')?.extensionPath ?? '';
    const cli = path.join(extension, 'dist', 'cli.js');
    const args = ['run', prompt.fsPath, '--var', 'name=Grace', '--backend', 'ollama', '--no-cache', '--json'];
    const { stdout } = await execute(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', OLLAMA_HOST: server.url },
    });
    assert.deepEqual(await newestReport(folder), fromEditor);
    assert.deepEqual(
      JSON.parse(stdout, (key, value: unknown) => (times.has(key) ? typeof value : value)),
      fromEditor,
    );
  });

  it('says that an answer was recorded; running again asks the model', async () => {
    server.setAnswer(() => 'the first answer');
    const first = await run(prompt, { inputs: { name: 'Hedy' } });
    server.setAnswer(() => 'another answer');
    const calls = server.calls().length;
    const second = await run(prompt, { inputs: { name: 'Hedy' } });
    assert.equal(second.output, first.output);
    assert.equal(server.calls().length, calls);
    assert.match(api.outputText(), /recorded answer, no model was asked/);
    const again = await vscode.commands.executeCommand<RunOutcome>('promptly.runAgain');
    assert.equal(again.output, 'another answer');
    assert.equal(server.calls().length, calls + 1);
  });
});
