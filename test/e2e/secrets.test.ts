import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FaultName } from '../support/faultServer/fault.ts';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';

const plantedKey = 'sk-ant-planted-c0ffee-4713-editor';
const faults: readonly (FaultName | null)[] = [null, 'echo-key', 'status-403', 'broken-line', 'html-page'];

let service: FaultServer;
let editor: EditorWithPackage;

beforeAll(async () => {
  service = await startFaultServer();
  editor = await startEditorWithPackage({
    env: { ANTHROPIC_API_KEY: plantedKey },
    settings: {
      'promptly.defaultBackend': 'claude',
      'promptly.claude.baseUrl': service.url,
      'promptly.retries': 0,
      'promptly.cache.enabled': false,
    },
  });
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

it('a key is found in no output, message, log, run or setting of the editor afterwards', async () => {
  const window = await editor.open();
  await window.openFile('summarise.prompt.yaml');
  let shown = '';
  for (const [round, fault] of faults.entries()) {
    service.setFault(fault);
    await window
      .codeLens(/^\s*Run\s*$/)
      .first()
      .click();
    await window.quickInput.answer('The mill closes on Friday.');
    const consent = window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Run' });
    if (round === 0) await consent.click({ timeout: 5_000 }).catch(() => undefined);
    await expect
      .poll(() => service.calls().filter((call) => call.path.includes('messages')).length)
      .toBe(round + 1);
    await window.output.waitForText(fault === null ? '✓ Done' : '✗');
    shown += await window.page.locator('body').innerText();
  }
  const sent = service.calls().some((call) => JSON.stringify(call.headers).includes(plantedKey));
  expect(sent, 'the key must reach the server, or this test shows nothing').toBe(true);
  await window.close();
  expect(shown + editor.log()).not.toContain(plantedKey);
  const files = [...(await allFiles(editor.dataFolder)), ...(await allFiles(editor.workspace))];
  expect(files.filter((file) => file.endsWith('.log')).length).toBeGreaterThan(0);
  expect(files.some((file) => file.includes(path.join('.promptly', 'runs')))).toBe(true);
  for (const file of files) {
    expect((await readFile(file, 'latin1')).includes(plantedKey), file).toBe(false);
  }
});

async function allFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.map((name) => path.join(folder, name));
  // Sockets and files that have gone meanwhile hold nothing.
  const kinds = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (entry) => entry.isFile(),
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => kinds[index] === true);
}
