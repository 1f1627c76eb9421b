import { readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { PromptlyView } from './pages/promptlyView.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;
let view: PromptlyView;
/** The first look is at a workspace without prompts. */
let aside: string;

const runFolders = (): Promise<string[]> =>
  readdir(path.join(editor.workspace, '.promptly', 'runs')).catch(() => []);

beforeAll(async () => {
  // An Ollama in all but the model: the real client talks to it over a real connection.
  service = await startFaultServer({ frameDelayMs: 100, models: ['llama3.2:3b', 'qwen3:4b'] });
  service.setAnswer(() => 'On Friday the old mill closes its doors.');
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.concurrency': 1 },
  });
  aside = `${editor.workspace}-prompts`;
  await rename(path.join(editor.workspace, 'prompts'), aside);
  window = await editor.open();
  view = new PromptlyView(window.page);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
});

describe('the Promptly view', () => {
  it('says how to begin where there are no prompts, and a template is a beginning', async () => {
    await view.open();
    const welcome = view.pane('Prompts').locator('.welcome-view-content');
    await welcome.getByText('This workspace has no prompt files').waitFor();
    await window.screenshot('view-welcome');
    await welcome.getByText('New Prompt from Template…').click();
    await window.quickInput.pick('code_reviewer');
    await window.quickInput.answer('my-reviewer');
    await window.tab('my-reviewer.prompt.yaml').waitFor();
    await expect.poll(() => view.rows('Prompts'), { timeout: 20_000 }).toContain('Skills 1');
    const files = await readdir(path.join(editor.workspace, 'skills', 'my-reviewer'));
    expect(files.sort()).toEqual(['checklist.md', 'my-reviewer.prompt.yaml', 'severity.md']);
  });

  it('shows the workspace’s prompts by kind, and which backends answer', async () => {
    await rename(aside, path.join(editor.workspace, 'prompts'));
    await expect
      .poll(() => view.rows('Prompts'), { timeout: 30_000 })
      .toEqual(expect.arrayContaining([expect.stringMatching(/^Prompts \d/), 'A/B Tests 1']));
    const rows = await view.rows('Prompts');
    expect(rows.some((row) => row.startsWith('code-review'))).toBe(true);
    await expect.poll(() => view.rows('Backends'), { timeout: 30_000 }).toContain('Ollama ready');
    expect(await view.rows('Backends')).toContain('Automatic default');
    expect(await view.row('Backends', 'Ollama').getAttribute('aria-label')).toMatch(
      /Ollama, ready, Ollama 0\.12\.6 at .*, 2 models/,
    );
    await window.screenshot('view');
  });

  it('opens a prompt, and shows its test cases below it', async () => {
    await view.row('Prompts', 'summarise').click();
    await window.tab('summarise.prompt.yaml').waitFor();
    await view.toggle('Prompts', 'summarise');
    await expect
      .poll(() => view.rows('Prompts'))
      .toContainEqual(expect.stringMatching(/^case-1 The town library/));
  });

  it('runs a prompt with a test case; the run stands among the recent ones and gives its output', async () => {
    await view.clickInline('Prompts', 'case-1', 'Run Prompt');
    await window.output.waitForText('✓ Done');
    await expect
      .poll(() => view.rows('Recent Runs'), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/^summarise \d.* · ollama · llama3\.2:3b$/)]);
    await window.screenshot('view-run');
    await view.row('Recent Runs', 'summarise').click();
    await expect.poll(() => window.editorText(), { timeout: 20_000 }).toContain('On Friday the old mill');
  });

  it('starts an A/B test, and goes on with it after it was stopped', async () => {
    const panel = new SidePanel(window.page);
    // Room for the lines below.
    await view.toggle('Prompts', 'summarise');
    await view.clickInline('Prompts', 'which-summary', 'A/B Test');
    await panel.button('Start').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await expect.poll(() => view.rows('Recent Runs'), { timeout: 20_000 }).toHaveLength(2);
    await panel.button('Stop').click();
    await expect
      .poll(async () => (await view.rows('Recent Runs'))[0], { timeout: 20_000 })
      .toMatch(/^which-summary stopped/);
    await view.clickInline('Recent Runs', 'which-summary', 'Resume Run');
    await expect
      .poll(async () => (await view.rows('Recent Runs'))[0], { timeout: 90_000 })
      .toMatch(/^which-summary (no clear winner|equivalent|not enough data|.+ wins)/);
    expect(await runFolders()).toHaveLength(2);
    await window.screenshot('view-ab-test');
  });

  it('deletes a run only after asking', async () => {
    await view.chooseFromMenu('Recent Runs', 'summarise', 'Delete Run');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await runFolders()).toHaveLength(2);
    await view.chooseFromMenu('Recent Runs', 'summarise', 'Delete Run');
    await window.screenshot('view-delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(runFolders).toHaveLength(1);
    await expect.poll(() => view.rows('Recent Runs')).toHaveLength(1);
  });

  it('makes a backend and one of its models the default', async () => {
    await view.toggle('Backends', 'Ollama');
    await expect.poll(() => view.rows('Backends')).toContain('qwen3:4b 3.2B · 2.0 GB');
    expect(await view.rows('Backends')).toContain('llama3.2:3b default · 3.2B · 2.0 GB');
    await view.clickInline('Backends', 'qwen3:4b', 'Make Default Model');
    await expect.poll(() => view.rows('Backends'), { timeout: 20_000 }).toContain('Ollama default · ready');
    const settings = await readFile(path.join(editor.workspace, '.vscode', 'settings.json'), 'utf8');
    expect(settings).not.toContain('qwen3');
    await window.statusBarItem('ollama · qwen3:4b').first().waitFor();
    await view.chooseFromMenu('Backends', 'Automatic', 'Make Default Backend');
    await expect.poll(() => view.rows('Backends'), { timeout: 20_000 }).toContain('Automatic default');
  });

  it('asks a backend again only when somebody wants it', async () => {
    const asked = () => service.requests.filter(({ path: route }) => route === '/api/version').length;
    await window.page.waitForTimeout(500);
    const before = asked();
    await window.page.waitForTimeout(3_000);
    expect(asked()).toBe(before);
    await view.pane('Backends').locator('.pane-header').hover();
    await view.pane('Backends').locator('.pane-header .action-label[aria-label="Refresh"]').click();
    await expect.poll(asked).toBeGreaterThan(before);
  });

  it('offers for each line what fits it', async () => {
    expect(await view.menuEntries('Prompts', 'code-review')).toEqual(
      expect.arrayContaining([
        'Run Prompt',
        'Run Prompt With…',
        'A/B Test…',
        'Compare with HEAD…',
        'Review Prompt',
        'Copy Name',
      ]),
    );
    const claude = await view.menuEntries('Backends', 'Claude');
    expect(claude).toEqual(expect.arrayContaining(['Set API Key', 'Test API Key', 'Clear API Key']));
    expect(claude).not.toContain('Install Model…');
    expect(await view.menuEntries('Backends', 'Embedded model')).toContain('Install Model…');
  });
});
