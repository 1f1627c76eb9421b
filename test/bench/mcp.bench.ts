import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { startFaultServer } from '../support/faultServer/startFaultServer.ts';

const rounds = 9;
const server = path.join(repositoryRoot, 'dist', 'mcp.js');
const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

/** From starting a process to the first byte it answers, in milliseconds. */
function firstAnswerMs(args: readonly string[], input: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    let taken = NaN;
    child.stdout.once('data', () => {
      taken = performance.now() - began;
      child.stdin.end();
    });
    child.once('error', reject);
    child.once('close', () => resolve(taken));
    child.stdin.write(input);
  });
}

async function repeated(args: readonly string[], input = ''): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await firstAnswerMs(args, input));
  return median(times);
}

/** How long a client waits for the server's first answer, and for many answers at once. */
export async function bench(): Promise<Record<string, number | string>> {
  if (!existsSync(server)) return { 'MCP server': 'not in this build' };
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const model = await startFaultServer({ answer: () => 'Hello', latencyMs: 50 });
  try {
    await writeFile(
      path.join(folder, 'greet.prompt.yaml'),
      'name: greet\nmessages: [{role: user, content: "Greet {{who}}"}]\n',
    );
    const bare = await repeated(['-e', 'process.stdout.write("x"); process.stdin.resume()']);
    const first = await repeated([server, '--workspace', folder], `${JSON.stringify(initialize)}\n`);
    const client = new Client({ name: 'bench', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [server, '--workspace', folder],
        env: { PATH: process.env['PATH'] ?? '', OLLAMA_HOST: model.url, PROMPTLY_CONCURRENCY: '50' },
      }),
    );
    const call = (name: string, args = {}) => client.callTool({ name, arguments: args });
    const began = performance.now();
    await call('promptly_list');
    const listed = performance.now();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        call('promptly_execute_prompt', {
          prompt_name: 'greet',
          inputs: { who: `number ${index}` },
          backend: 'ollama',
        }),
      ),
    );
    const ran = performance.now();
    await client.close();
    return {
      'bare Node to its first byte (ms)': Math.round(bare),
      'start to first answer (ms)': `${Math.round(first)} of 300`,
      // On a busy machine both grow; this stays.
      'first answer, in starts of bare Node': Number((first / bare).toFixed(2)),
      'first promptly_list (ms)': Math.round(listed - began),
      '50 runs at once of 50 ms each (ms)': Math.round(ran - listed),
    };
  } finally {
    await model.close();
    await rm(folder, { recursive: true, force: true });
  }
}
