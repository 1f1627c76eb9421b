import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureNode24 } from '../support/editor/ensureNode24.ts';
import { installPart } from '../support/editor/installPart.ts';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { startHttpBridge, type HttpBridge } from '../support/mcp/httpBridge.ts';
import { runCommand } from '../support/process/runCommand.ts';

/**
 * Those scenarios of the protocol's own conformance checker that a server with tools, prompts and resources of its own
 * can meet. The others name tools and resources that only a server written for the checker has (test_simple_text,
 * test://static-text …), or are about sampling, elicitation and HTTP, which this server does not use.
 */
const scenarios = [
  'server-initialize',
  'ping',
  'logging-set-level',
  'completion-complete',
  'tools-list',
  'resources-list',
  'prompts-list',
  'prompts-get-simple',
  'prompts-get-with-args',
];

/** The prompts that scenarios ask for by name; the checker wants each to have a description. */
const prompts = {
  'simple.prompt.yaml': `name: test_simple_prompt
description: Has no arguments
messages:
  - role: user
    content: Say hello.
`,
  'arguments.prompt.yaml': `name: test_prompt_with_arguments
description: Has two arguments
messages:
  - role: user
    content: First {{arg1}}, then {{arg2}}.
`,
};

let bridge: HttpBridge;
let folder: string;
let run: (scenario: string) => Promise<{ code: number | null; words: string }>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'promptly-conformance-'));
  for (const [name, text] of Object.entries(prompts)) await writeFile(path.join(folder, name), text);
  const part = await installPart({
    name: 'mcp-conformance',
    npmPackage: '@modelcontextprotocol/conformance',
    version: '0.1.16',
    description: 'the conformance checker of the Model Context Protocol, about 50 MB',
  });
  const checker = path.join(part, 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
  // It needs a newer Node than the product does.
  const node = await ensureNode24();
  bridge = await startHttpBridge({
    command: process.execPath,
    args: [path.join(repositoryRoot, 'dist', 'mcp.js'), '--workspace', folder],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, OLLAMA_HOST: 'http://127.0.0.1:9' },
  });
  run = async (scenario) => {
    const args = [checker, 'server', '--url', bridge.url, '--scenario', scenario];
    const { code, stdout, stderr } = await runCommand(node, args, { cwd: folder });
    return { code, words: stdout + stderr };
  };
}, 300_000);

afterAll(async () => {
  await bridge.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the conformance checker of the protocol', () => {
  it.each(scenarios)('%s', { timeout: 60_000 }, async (scenario) => {
    const { code, words } = await run(scenario);
    expect(words).toMatch(/Passed: [1-9]\d*\/\d+, 0 failed/);
    expect(code, words).toBe(0);
  });
});
