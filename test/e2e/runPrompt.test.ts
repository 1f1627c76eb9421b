import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import type { Workbench } from './pages/workbench.ts';

const text = 'The mill closes on Friday.';
const answer = 'On Friday the old mill closes its doors for good and the town says goodbye.';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;

beforeAll(async () => {
  // An Ollama in all but the model: the real client talks to it over a real connection.
  service = await startFaultServer({ frameDelayMs: 150 });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0 },
  });
  window = await editor.open();
  await window.openFile('summarise.prompt.yaml');
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

beforeEach(() => {
  service.setFault(null);
  service.setAnswer(() => answer);
});

async function clickRun(): Promise<void> {
  await window
    .codeLens(/^\s*Run\s*$/)
    .first()
    .click();
  await window.quickInput.answer(text);
}

describe('running a prompt by its lens', () => {
  it('asks for the input and lets the answer stream into the output', async () => {
    await clickRun();
    const early = await window.output.waitForText('On Friday the');
    expect(early).not.toContain('goodbye.');
    expect(await window.output.channel()).toBe('Promptly');
    const whole = await window.output.waitForText('✓ Done');
    expect(whole).toContain('▷ summarise');
    expect(whole).toContain('Backend: Ollama · Model: llama3.2:3b');
    expect(whole).toContain(answer);
    expect(whole).toMatch(/tokens 11 in, 4 out/);
    const messages = JSON.stringify(service.calls().at(-1)?.body?.['messages']);
    expect(messages).toContain(text);
    await window.screenshot('run-light');
  });

  it('shows in the status bar what answered', async () => {
    await window.statusBarItem('llama3.2:3b').first().waitFor();
  });

  it('stops at once when cancelled, and closes the connection', async () => {
    service.setAnswer(() => 'word '.repeat(2_000));
    await clickRun();
    await expect.poll(() => service.openCalls()).toBe(1);
    await window.codeLens('Cancel').first().click();
    await window.output.waitForText('■ Cancelled');
    await expect.poll(() => service.openCalls()).toBe(0);
    expect(service.calls().at(-1)?.answered).toBe(false);
  });

  it('says what failed, with a button that helps', async () => {
    service.setFault('status-500');
    await clickRun();
    await window.output.waitForText('✗');
    const words = await window.notifications.waitFor('Ollama');
    expect(words.length).toBeGreaterThan(20);
    await window.screenshot('failure-light');
    service.setFault(null);
    const before = service.calls().length;
    await window.notifications.press('Ollama', 'Run Again');
    // The failed run may have scrolled out of sight.
    await window.output.waitForText(/✓ Done[^✗]*$/);
    expect(service.calls().length).toBeGreaterThan(before);
  });
});

describe('in a dark window', () => {
  it('shows the lens and the output', async () => {
    const dark = await editor.open('dark');
    await dark.openFile('summarise.prompt.yaml');
    await dark
      .codeLens(/^\s*Run\s*$/)
      .first()
      .click();
    await dark.quickInput.answer(text);
    await dark.output.waitForText('✓ Done');
    await dark.screenshot('run-dark');
    await dark.close();
  });
});
