import path from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, repositoryRoot } from '../mcp/openMcp.ts';
import { runCli } from './runCli.ts';

test('promptly mcp --print-config gives what belongs into the file of a client, and says which file', async () => {
  const cwd = await folderOf({});
  const server = path.join(repositoryRoot, 'dist', 'mcp.js');
  const code = await runCli(['mcp', '--print-config', 'claude-code'], { cwd });
  expect(code).toMatchObject({ code: 0 });
  expect(JSON.parse(code.stdout)).toEqual({
    mcpServers: { promptly: { type: 'stdio', command: 'node', args: [server, '--workspace', cwd] } },
  });
  expect(code.stderr).toContain(path.join(cwd, '.mcp.json'));
  const other = await runCli(['mcp', '--print-config', 'vscode', '--workspace', 'sub'], { cwd });
  expect(JSON.parse(other.stdout)).toHaveProperty('servers.promptly');
  expect(other.stderr).toContain(path.join(cwd, 'sub', '.vscode', 'mcp.json'));
  const unknown = await runCli(['mcp', '--print-config', 'emacs'], { cwd });
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('claude-desktop, claude-code, cursor, vscode');
});
