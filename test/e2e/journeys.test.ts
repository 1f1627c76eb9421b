import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import type { Workbench } from './pages/workbench.ts';

const key = 'sk-ant-typed-by-a-person-0001';
const refusedKey = 'sk-ant-refused-0001';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;

const lastQuestion = (): string => JSON.stringify(service.calls().at(-1)?.body?.['messages']);
const keyboard = () => window.page.keyboard;
const prompt = (name: string) => path.join(editor.workspace, 'prompts', name);
const notes = () => path.join(editor.workspace, 'notes', 'meeting.txt');
/** As it stands within a message. */
const firstLine = (text: string): string => JSON.stringify(text.trim().split('\n', 1)[0] ?? '').slice(1, -1);
const run = () =>
  window
    .codeLens(/^\s*Run\s*$/)
    .first()
    .click();

const broken = 'name: unquoted\nmessages:\n  - role: user\n    content: {{text}} please\n';
const online =
  'name: online\nbackend: claude\nmodel: claude-sonnet-5-5\nmessages:\n  - role: user\n    content: Greet.\n';
const inSteps = `name: rewrite
variables:
  text:
    description: What to rewrite
    required: true
  tone:
    enum: [kind, curt]
    default: kind
  sentences:
    default: 3
messages:
  - role: user
    content: Rewrite {{text}} in a {{tone}} tone in {{sentences}} sentences.
testData:
  - text: A case.
    tone: kind
`;

beforeAll(async () => {
  // Ollama and Claude in all but the model: the real clients talk to it over real connections.
  service = await startFaultServer({ frameDelayMs: 30 });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.claude.baseUrl': service.url },
  });
  await writeFile(prompt('unquoted.prompt.yaml'), broken);
  await writeFile(prompt('rewrite.prompt.yaml'), inSteps);
  await writeFile(prompt('online.prompt.yaml'), online);
  window = await editor.open();
  await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

beforeEach(() => {
  service.setFault(null);
  service.setAnswer(() => 'An answer from the loopback.');
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
});

describe('with nothing open', () => {
  it('the palette’s Run asks which prompt, then for its input', async () => {
    await window.quickInput.runCommand('Promptly: Run Prompt');
    await window.quickInput.title.getByText('Run which prompt?').waitFor();
    await window.quickInput.pick('headline');
    await window.quickInput.answer('The ferry does not run today.');
    await window.output.waitForText('✓ Done');
    expect(await window.output.text()).toContain('▷ headline');
    expect(lastQuestion()).toContain('The ferry does not run today.');
  });
});

describe('on a selection', () => {
  it('the selected text is the prompt’s input', async () => {
    await window.openFile('meeting.txt');
    await window.page.locator('.editor-group-container.active .view-lines').first().click();
    await keyboard().press('Control+A');
    await window.quickInput.runCommand('Promptly: Run Prompt on Selection');
    await window.quickInput.pick('summarise ');
    const words = firstLine(await readFile(notes(), 'utf8'));
    await expect.poll(lastQuestion).toContain(words);
  });
});

describe('by keyboard alone', () => {
  it('a prompt is found, run and its answer read', async () => {
    const calls = service.calls().length;
    await keyboard().press('Control+P');
    await window.quickInput.waitUntilOpen();
    await keyboard().type('summarise.prompt.yaml');
    await window.quickInput.items.first().getByText('summarise.prompt.yaml').first().waitFor();
    await keyboard().press('Enter');
    await window.tab('summarise.prompt.yaml').waitFor();
    await keyboard().press('F1');
    await window.quickInput.waitUntilOpen();
    await keyboard().type('Promptly: Run Prompt');
    await window.quickInput.items.filter({ hasText: 'Promptly: Run Prompt' }).first().waitFor();
    await keyboard().press('Enter');
    await window.quickInput.title.getByText('summarise').waitFor();
    await keyboard().type('The mill closes on Friday.');
    await keyboard().press('Enter');
    await expect.poll(() => service.calls().length).toBe(calls + 1);
    expect(lastQuestion()).toContain('The mill closes on Friday.');
    await window.output.waitForText(/▷ summarise [^▷]*An answer from the loopback\.[^▷]*✓ Done[^▷]*$/);
    // The focus is where it was: what is typed now goes into the file, and can be taken back.
    await keyboard().type('#');
    await expect.poll(() => window.editorText()).toMatch(/^#name: summarise/);
    await keyboard().press('Control+Z');
  });

  it('a broken file is mended at its mark', async () => {
    await window.openFile('unquoted.prompt.yaml');
    await window.page.locator('.squiggly-error').first().waitFor();
    await keyboard().press('F8');
    await window.page.locator('.marker-widget').waitFor();
    await window.screenshot('broken-file');
    await keyboard().press('Escape');
    await keyboard().press('Control+.');
    await window.page.locator('.action-widget').getByText('Quote this').first().waitFor();
    await keyboard().press('Enter');
    await expect.poll(() => window.editorText()).toMatch(/content: ["']\{\{text\}\} please["']/);
    await expect.poll(() => window.page.locator('.squiggly-error').count()).toBe(0);
    await keyboard().press('Control+S');
  });
});

describe('inputs that are asked one after the other', () => {
  const step = (at: string) => window.quickInput.title.getByText(`(${at}/3)`).waitFor();
  const item = (text: string) => window.quickInput.items.filter({ hasText: text }).first();

  it('say what is asked, and can be gone back to', async () => {
    await window.openFile('rewrite.prompt.yaml');
    await run();
    await step('1');
    await window.quickInput.widget.getByText('text: What to rewrite').waitFor();
    await window.quickInput.answer('the first text');
    await step('2');
    await window.quickInput.pick('curt');
    await step('3');
    // The default stands in the box, and what is typed replaces it.
    await item('3').getByText('default').waitFor();
    expect(await window.quickInput.input.inputValue()).toBe('3');
    await window.quickInput.widget.getByText('Value for sentences').waitFor();
    await window.screenshot('input-steps');
    await window.quickInput.back();
    await step('2');
    await window.quickInput.back();
    await step('1');
    await window.quickInput.answer('a better text');
    await step('2');
    await item('curt').getByText('current').waitFor();
    await keyboard().press('Enter');
    await step('3');
    await item('3').getByText('default').waitFor();
    await keyboard().type('5');
    await item('5').getByText('as typed').waitFor();
    await keyboard().press('Enter');
    await expect.poll(lastQuestion).toContain('Rewrite a better text in a curt tone in 5 sentences.');
  });

  it('are remembered, and come from open files, files and the clipboard', async () => {
    const calls = service.calls().length;
    await run();
    await step('1');
    await item('a better text').getByText('last value').waitFor();
    await window.quickInput.pick('File…');
    await window.quickInput.title.getByText('File to use as the value').waitFor();
    await keyboard().press('Escape');
    // Whoever thinks better of it is asked again, and has lost nothing.
    await step('1');
    await window.quickInput.pick('notes/meeting.txt');
    await step('2');
    await item('curt').getByText('current').waitFor();
    await keyboard().press('Enter');
    await step('3');
    await window.page.evaluate(() => navigator.clipboard.writeText(''));
    await window.quickInput.pick('Clipboard');
    await window.quickInput.widget.getByText('The clipboard holds no text.').waitFor();
    await window.screenshot('input-source-without-text');
    await window.page.evaluate(() => navigator.clipboard.writeText('four or five'));
    await window.quickInput.pick('Clipboard');
    await expect.poll(() => service.calls().length).toBe(calls + 1);
    expect(lastQuestion()).toContain('in a curt tone in four or five sentences.');
    expect(lastQuestion()).toContain(firstLine(await readFile(notes(), 'utf8')));
  });

  it('may all come from a test case', async () => {
    const calls = service.calls().length;
    await run();
    await window.quickInput.pick('test case');
    // What the case leaves open is still asked.
    await step('3');
    await window.quickInput.back();
    await step('1');
    await window.quickInput.pick('test case');
    await step('3');
    await window.quickInput.answer('2');
    await expect.poll(() => service.calls().length).toBe(calls + 1);
    expect(lastQuestion()).toContain('Rewrite A case. in a kind tone in 2 sentences.');
  });
});

describe('what has answered', () => {
  it('is copied, opened as a document, and answers again when its file has gone', async () => {
    await window.openFile('rewrite.prompt.yaml');
    await window.quickInput.runCommand('Promptly: Copy Output');
    await window.statusBarItem('output copied').first().waitFor();
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'An answer from the loopback.',
    );
    await keyboard().press('Control+W');
    await rm(prompt('rewrite.prompt.yaml'));
    await window.quickInput.runCommand('Promptly: Run Again');
    const message = 'prompts/rewrite.prompt.yaml cannot be opened.';
    await window.notifications.waitFor(message);
    await window.screenshot('file-gone');
    await window.notifications.press(message, 'Choose Prompt');
    await window.quickInput.title.getByText('Run which prompt?').waitFor();
    await keyboard().press('Escape');
    await window.quickInput.waitUntilClosed();
  });
});

describe('a model for one run', () => {
  it('is chosen first, and again from the first question', async () => {
    const calls = service.calls().length;
    await window.openFile('headline.prompt.yaml');
    await window.codeLens('Run with…').click();
    await window.quickInput.pick('llama3.2:3b');
    await window.quickInput.widget.getByText('input: The text that needs a headline').waitFor();
    await window.quickInput.back();
    await window.quickInput.title.getByText('Backend and model for this run').waitFor();
    await window.quickInput.pick('gpt-5-mini');
    await window.quickInput.widget.getByText('input: The text that needs a headline').waitFor();
    await window.quickInput.answer('The ferry does not run.');
    await expect.poll(() => service.calls().length).toBe(calls + 1);
    expect(service.calls().at(-1)?.body?.['model']).toBe('gpt-5-mini');
  });
});

describe('two prompts at once', () => {
  const titleIcon = (name: string) =>
    window.page.locator('.editor-group-container.active .editor-actions').getByRole('button', { name });

  it('run side by side, are shown one after the other, and are cancelled together', async () => {
    service.setAnswer(() => 'word '.repeat(2_000));
    await window.openFile('summarise.prompt.yaml');
    await run();
    await window.quickInput.answer('One.');
    await window.output.waitForText('word');
    await titleIcon('Cancel').first().waitFor();
    await window.openFile('headline.prompt.yaml');
    await titleIcon('Run Prompt').first().click();
    await window.quickInput.answer('Two.');
    await window.statusBarItem('2 runs').first().waitFor();
    await window.screenshot('two-runs');
    await window.statusBarItem('2 runs').first().click();
    await window.quickInput.title.getByText('Cancel which run?').waitFor();
    await window.quickInput.pick('All 2 runs');
    await window.output.waitForText(/▷ headline [^▷]*■ Cancelled/);
    await expect.poll(() => service.openCalls()).toBe(0);
  });
});

describe('the status bar', () => {
  it('shows who answers, and a click changes it', async () => {
    await window.statusBarItem('auto → ollama · llama3.2:3b').first().click();
    await window.quickInput.items.filter({ hasText: 'gpt-5-mini' }).first().waitFor();
    await window.screenshot('select-model');
    await window.quickInput.pick('gpt-5-mini');
    await window.statusBarItem('ollama · gpt-5-mini').first().click();
    await window.quickInput.items.filter({ hasText: 'gpt-5-mini' }).getByText('current').first().waitFor();
    await window.quickInput.pick('Automatic');
    await window.statusBarItem('auto').first().waitFor();
  });
});

describe('a model of Ollama', () => {
  it('is pulled after asking, shows how far it is, and is let go at once when cancelled', async () => {
    await window.quickInput.runCommand('Promptly: Install Model');
    await window.quickInput.pick('Ollama');
    await window.quickInput.answer('endless:1b');
    const pulls = () => service.requests.filter((request) => request.path === '/api/pull');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Fetch the model endless:1b?').waitFor();
    expect(pulls()).toHaveLength(0);
    await window.screenshot('pull-consent');
    await dialog.getByRole('button', { name: 'Pull' }).click();
    await window.notifications.toast('endless:1b').waitFor();
    await expect.poll(() => window.page.locator('.monaco-progress-container').count()).toBeGreaterThan(0);
    await expect.poll(() => pulls().length).toBe(1);
    await window.screenshot('pull-progress');
    await window.notifications.press('endless:1b', 'Cancel');
    await expect.poll(() => pulls()[0]?.closedAtMs).not.toBeNull();
    expect(pulls()[0]?.answered).toBe(false);
    await expect.poll(() => window.notifications.toasts.count()).toBe(0);
  });
});

describe('an API key', () => {
  const choose = async (command: string): Promise<void> => {
    await window.quickInput.runCommand(`Promptly: ${command} API Key`);
    await window.quickInput.pick('Claude');
  };
  /** The first time it is asked; refused, the run goes on with another key by itself. */
  const runOnline = async (): Promise<void> => {
    await window.openFile('online.prompt.yaml');
    await run();
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Send this prompt to Claude?').waitFor();
    await dialog.getByText(`are sent to Claude at ${new URL(service.url).host} (model`).waitFor();
    await window.screenshot('online-consent');
    service.setFault('status-401', 1);
    await dialog.getByRole('button', { name: 'Run' }).click();
    await window.notifications.press('invalid api key', 'Set API Key');
    await window.quickInput.answer(key);
    await window.output.waitForText(/▷ online [^▷]*An answer from the loopback\.[^▷]*✓ Done[^▷]*$/);
    expect(service.calls().at(-1)?.headers['x-api-key']).toBe(key);
  };

  it('is set without being shown, tested, refused with what to do, and cleared', async () => {
    await choose('Test');
    expect(await window.notifications.waitFor('There is no key for Claude.')).toBeTruthy();
    await window.notifications.press('There is no key for Claude.', 'Set API Key');
    await window.quickInput.waitUntilOpen();
    expect(await window.quickInput.input.getAttribute('type')).toBe('password');
    await window.quickInput.answer(refusedKey);
    await window.statusBarItem('key for Claude stored').first().waitFor();
    await choose('Test');
    await window.notifications.waitFor('invalid x-api-key');
    await window.screenshot('key-refused');
    await window.notifications.press('invalid x-api-key', 'Set API Key');
    await window.quickInput.answer(key);
    await window.quickInput.waitUntilClosed();
    await choose('Test');
    await window.notifications.waitFor(/Claude accepts the key \(\d+ models\)\./);
    const asked = service.requests.findLast((request) => request.path === '/v1/models');
    expect(asked?.headers['x-api-key']).toBe(key);
    await runOnline();
    await choose('Clear');
    await window.notifications.waitFor('The key for Claude is cleared.');
    await choose('Clear');
    await window.notifications.waitFor('No key for Claude was stored.');
    const shown = await window.page.locator('body').innerText();
    expect(shown).not.toContain(key);
    expect(shown).not.toContain(refusedKey);
  });
});
