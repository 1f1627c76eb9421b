import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { installPart, npmInstall } from './installPart.ts';

const insidePackage = path.join('node_modules', 'code-server', 'lib', 'vscode');

async function complete(staging: string): Promise<void> {
  const server = path.join(staging, insidePackage);
  await npmInstall(server, ['--omit=dev']);
  const log = path.join(server, 'node_modules', '@vscode', 'spdlog', 'index.js');
  await copyFile(path.join(import.meta.dirname, 'fileLog.cjs'), log);
}

/** The VS Code server (VS Code 1.139) as the npm package code-server carries it; returns its `server-main.js`. */
export async function ensureServer(): Promise<string> {
  const folder = await installPart({
    name: 'vscode-server',
    npmPackage: 'code-server',
    version: '4.139.1',
    description: 'the VS Code server, about 600 MB',
    complete,
  });
  return path.join(folder, insidePackage, 'out', 'server-main.js');
}
