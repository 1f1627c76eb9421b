import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { readViewLines } from './pages/viewLines.ts';
import type { Workbench } from './pages/workbench.ts';

interface Entry {
  readonly command: string;
  readonly args: string[];
}

const proposal = '<part-1>\nYou sum up texts in 3 sentences for people in a hurry.\n</part-1>';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;

beforeAll(async () => {
  service = await startFaultServer();
  service.setAnswer(({ body }) =>
    JSON.stringify(body).includes('<material-') ? proposal : 'The mill shuts.',
  );
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url, ANTHROPIC_BASE_URL: service.url, ANTHROPIC_API_KEY: 'k' },
    settings: { 'promptly.retries': 0, 'promptly.defaultBackend': 'ollama' },
    extensions: ['toolCaller'],
  });
  window = await editor.open();
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

describe('agents in the editor', () => {
  it('finds the MCP server in the list of servers, and starts it from there', async () => {
    const { quickInput } = window;
    await window.openFile('summarise.prompt.yaml');
    await quickInput.runCommand('MCP: List Servers');
    await expect.poll(() => quickInput.labels()).toContainEqual(expect.stringMatching(/^Promptly ?Stopped/));
    await window.screenshot('mcp-servers');
    await quickInput.pick('Promptly');
    await expect.poll(() => quickInput.labels()).toContainEqual(expect.stringContaining('Start Server'));
    await quickInput.pick('Start Server');
    await expect
      .poll(
        async () => {
          await quickInput.runCommand('MCP: List Servers');
          const labels = await quickInput.labels();
          await window.page.keyboard.press('Escape');
          return labels.find((label) => label.startsWith('Promptly')) ?? '';
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toContain('Running');
  });

  it('tells another program of the server, after showing what it writes', async () => {
    const { quickInput } = window;
    const file = path.join(editor.workspace, '.vscode', 'mcp.json');
    await quickInput.runCommand('Promptly: Configure MCP Client');
    await quickInput.pick('VS Code (mcp.json)');
    await quickInput.pick('Add it to');
    await window.tab('with Promptly').waitFor();
    await window.screenshot('configure-mcp-client');
    expect(existsSync(file)).toBe(false);
    await quickInput.pick('Write');
    await window.notifications.waitFor('finds Promptly as "promptly"');
    const { servers } = JSON.parse(await readFile(file, 'utf8')) as { servers: Record<string, Entry> };
    const { command, args } = servers['promptly'] ?? { command: '', args: [] };
    // An installed extension moves with every update: what starts it stays.
    expect(args[0]).toMatch(/promptly-mcp\.cjs$/);
    const client = new Client({ name: 'test', version: '1' });
    const given = args.map((arg) => arg.replace('${workspaceFolder}', editor.workspace));
    await client.connect(new StdioClientTransport({ command, args: given }));
    expect((await client.listTools()).tools).toHaveLength(14);
    await client.close();
  });

  it('asks before an agent runs a prompt: what, where, and with what', async () => {
    const dialog = window.page.locator('.monaco-dialog-box');
    await window.quickInput.runCommand('Tool Caller: Run a Prompt by Tool');
    await dialog.waitFor();
    const words = await dialog.innerText();
    expect(words).toContain('Run the prompt summarise?');
    expect(words).toMatch(/Asks Ollama, .*, on this machine\./);
    expect(words).toContain('The mill closes on Friday.');
    await window.screenshot('agent-asks');
    await dialog.getByRole('button', { name: /cancel|no/i }).click();
    await window.notifications.waitFor('The tool did not run');
    expect(service.calls()).toHaveLength(0);
    await window.quickInput.runCommand('Tool Caller: Run a Prompt by Tool');
    await dialog.getByRole('button', { name: /yes|ok/i }).click();
    expect(await window.notifications.waitFor('The tool said')).toContain('The mill shuts.');
    expect(service.calls()).toHaveLength(1);
  });

  it('says what leaves this machine and what it can cost, before anything does', async () => {
    const settings = path.join(editor.workspace, '.vscode', 'settings.json');
    const before = await readFile(settings, 'utf8');
    await writeFile(
      settings,
      JSON.stringify({ ...(JSON.parse(before) as object), 'promptly.defaultBackend': 'claude' }),
    );
    await window.statusBarItem('claude').waitFor();
    const dialog = window.page.locator('.monaco-dialog-box');
    await window.quickInput.runCommand('Tool Caller: Run a Prompt by Tool');
    await dialog.waitFor();
    const words = await dialog.innerText();
    expect(words).toContain('The prompt, its inputs and attached files are sent to Claude, claude-');
    expect(words).toMatch(/It costs up to \$0\.\d{4}\./);
    await dialog.getByRole('button', { name: /cancel/i }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(service.calls().filter((call) => call.path.includes('messages'))).toHaveLength(0);
    await writeFile(settings, before);
    await window.statusBarItem('ollama').waitFor();
  });

  it('reviews a prompt, and applies a rewrite from the title of its diff', async () => {
    const file = path.join(editor.workspace, 'prompts', 'summarise.prompt.yaml');
    const before = await readFile(file, 'utf8');
    await window.openFile('summarise.prompt.yaml');
    await window.quickInput.runCommand('Promptly: Review Prompt');
    await expect
      .poll(() => window.quickInput.labels())
      .toContainEqual(expect.stringContaining('Rewrite with a model'));
    await window.screenshot('review');
    await window.quickInput.pick('Rewrite with a model');
    await window.quickInput.answer('shorter summaries');
    await window.tab('rewritten').waitFor();
    await expect
      .poll(() => readViewLines(window.page.locator('.monaco-diff-editor .editor.modified')))
      .toContain('for people in a hurry');
    await window.screenshot('rewrite');
    expect(await readFile(file, 'utf8')).toBe(before);
    await window.page.getByRole('button', { name: 'Apply Rewrite' }).first().click();
    await window.tab('rewritten').waitFor({ state: 'detached' });
    await expect.poll(() => window.editorText()).toContain('for people in a hurry');
  });
});
