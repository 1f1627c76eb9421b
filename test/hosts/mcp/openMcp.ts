import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);
export const repositoryRoot = path.resolve(import.meta.dirname, '..', '..', '..');

/** A folder with these files, gone when the test is. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'promptly-mcp-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

export const git = (folder: string, ...args: string[]) =>
  run('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
  });

export interface McpSession {
  readonly client: Client;
  readonly folder: string;
  readonly stderr: () => string;
  /** A tool's answer: is it an error, its text, its data. */
  readonly call: (
    name: string,
    args?: Record<string, unknown>,
    options?: Parameters<Client['callTool']>[2],
  ) => Promise<{ isError: boolean; text: string; data: Record<string, unknown> }>;
}

/** The official client on the built server over stdio, in a folder with these files. */
export async function openMcp(
  files: Readonly<Record<string, string>> | string,
  options: { environment?: Record<string, string>; args?: readonly string[] } = {},
): Promise<McpSession> {
  const folder = typeof files === 'string' ? files : await folderOf(files);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [path.join(repositoryRoot, 'dist', 'mcp.js'), '--workspace', folder, ...(options.args ?? [])],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...options.environment },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  // Listed tools make the client check every answer against its output schema.
  await client.listTools();
  return {
    client,
    folder,
    stderr: () => stderr,
    async call(name, args = {}, callOptions) {
      const result = await client.callTool({ name, arguments: args }, undefined, callOptions);
      const content = result.content as { type: string; text?: string }[];
      return {
        isError: result.isError === true,
        text: content.map(({ text }) => text ?? '').join('\n'),
        data: (result.structuredContent ?? {}) as Record<string, unknown>,
      };
    },
  };
}
