import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Transform } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEditorWithPackage, type EditorWithPackage } from '../e2e/editorWithPackage.ts';
import type { Workbench } from '../e2e/pages/workbench.ts';
import { ensureTestModel } from '../support/model/ensureTestModel.ts';
import { ensureTestRuntime } from '../support/model/ensureTestRuntime.ts';

const slowMachineMs = 170_000;

let server: Server;
let editor: EditorWithPackage;
let window: Workbench;
/** Bytes a second; a model of 250 MB then takes long enough to be watched. */
let pace = 20_000_000;
let asked: { range: string | undefined; closed: boolean }[] = [];

/** Lets through so much a second. */
function throttle(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      setTimeout(() => done(null, chunk), (chunk.length / pace) * 1_000);
    },
  });
}

/** A hub on the loopback with one model, which continues where somebody stopped. */
async function startHub(file: string): Promise<string> {
  const { size } = await stat(file);
  server = createServer((request, response) => {
    const { range } = request.headers;
    const record = { range, closed: false };
    asked.push(record);
    response.once('close', () => (record.closed = true));
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const headers = { 'content-length': size - start, etag: '"one"', 'accept-ranges': 'bytes' };
    if (start > 0) {
      response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${size - 1}/${size}` });
    } else response.writeHead(200, headers);
    createReadStream(file, { start }).pipe(throttle()).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny.gguf`;
}

beforeAll(async () => {
  const address = await startHub(await ensureTestModel());
  editor = await startEditorWithPackage({
    settings: {
      'promptly.defaultBackend': 'builtin',
      'promptly.builtin.model': address,
      'promptly.builtin.runtimePath': await ensureTestRuntime(),
      'promptly.maxTokens': 24,
    },
  });
  window = await editor.open();
});

afterAll(async () => {
  await editor.stop();
  server.closeAllConnections();
  server.close();
});

const modelFiles = async (): Promise<string[]> => {
  const names = await readdir(path.join(editor.dataFolder, 'data'), { recursive: true });
  return names.filter((name) => name.includes('tiny.gguf')).map((name) => path.basename(name));
};

async function runPrompt(): Promise<void> {
  await window
    .codeLens(/^\s*Run\s*$/)
    .first()
    .click();
  await window.quickInput.answer('The mill closes on Friday.');
}

it('a missing model is fetched after asking, with progress; stopped, it goes on from there; then it answers', async () => {
  await window.openFile('summarise.prompt.yaml');
  await runPrompt();
  await window.output.waitForText('is not installed yet');
  expect(asked).toEqual([]);
  await window.notifications.press('is not installed yet', 'Download Embedded Model');
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.getByText(/Download the model tiny\.gguf from 127\.0\.0\.1/).waitFor();
  expect(asked).toEqual([]);
  await window.screenshot('download-consent');
  await dialog.getByRole('button', { name: 'Download' }).click();
  await window.notifications.toast(/Downloading tiny\.gguf: [1-9]\d* MB of \d+ MB/).waitFor();
  await window.screenshot('download-progress');
  await window.notifications.press('Downloading', 'Cancel');
  await expect.poll(() => asked[0]?.closed).toBe(true);
  expect(await modelFiles()).toEqual(expect.arrayContaining([expect.stringMatching(/\.part$/)]));
  pace = 1_000_000_000;
  asked = [];
  await runPrompt();
  await window.notifications.press('is not installed yet', 'Download Embedded Model');
  await dialog.getByRole('button', { name: 'Download' }).click();
  // What had arrived is kept, and the run that wanted the model starts by itself.
  await expect.poll(() => asked[0]?.range, { timeout: 30_000 }).toMatch(/^bytes=[1-9]\d*-$/);
  const whole = await window.output.waitForText('✓ Done', slowMachineMs);
  expect(whole).toMatch(/tokens [1-9]\d* in, [1-9]\d* out/);
  expect((await modelFiles()).filter((name) => name.endsWith('.part'))).toEqual([]);
});
