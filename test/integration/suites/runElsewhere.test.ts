import assert from 'node:assert/strict';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { lockRun } from '../../../src/adapters/node/runLock.ts';
import { editorOnServer, type EditorOnServer } from '../support/editorOnServer.ts';
import { fileUri, until } from '../support/workbench.ts';

const reports = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('promptly'));
const labels = (): string =>
  reports()
    .map(({ label }) => label)
    .join();
const open = (run: string): Thenable<unknown> =>
  vscode.commands.executeCommand('promptly.openReport', vscode.Uri.file(path.join(run, 'report.json')));

describe('the report of a run that goes on elsewhere', () => {
  let around: EditorOnServer;
  let runs = '';
  let finished = '';
  let begun = '';

  before(async () => {
    await vscode.window.tabGroups.close(reports());
    around = await editorOnServer({ models: ['test-model'], answer: () => 'yes' });
    runs = fileUri('.promptly/runs').fsPath;
    await vscode.lm.invokeTool('promptly_ab_test', {
      toolInvocationToken: undefined,
      input: {
        test_name: 'elsewhere',
        variants: ['Say yes to {{input}}', 'Say no to {{input}}'],
        test_inputs: ['one', 'two'],
        model: 'test-model',
      },
    });
    const name = (await readdir(runs)).find((run) => run.endsWith('-elsewhere'));
    assert.ok(name, 'the run is not stored');
    finished = path.join(runs, name);
    begun = path.join(runs, '2040-01-01T00-00-00-000-begun');
  });
  after(async () => {
    await vscode.window.tabGroups.close(reports());
    await rm(begun, { recursive: true, force: true });
    await around.end();
  });

  it('comes as soon as there is something to show, in the panel that waits for it', async () => {
    await mkdir(begun);
    const lock = await lockRun(begun);
    await writeFile(path.join(begun, 'events.jsonl'), '');
    await open(begun);
    await until('the panel', () => labels() === 'Report');
    await open(begun);
    assert.equal(labels(), 'Report');
    for (const name of ['plan.json', 'events.jsonl', 'report.json'])
      await cp(path.join(finished, name), path.join(begun, name));
    await until('the run', () => labels() === 'Report: elsewhere');
    await lock.release();
  });
});
