import path from 'node:path';
import { installPart, npmInstall } from './installPart.ts';

const insidePackage = path.join('node_modules', 'code-server', 'lib', 'vscode');

/** The VS Code server (VS Code 1.139) as the npm package code-server carries it; returns its `server-main.js`. */
export async function ensureServer(): Promise<string> {
  const folder = await installPart({
    name: 'code-server',
    npmPackage: 'code-server',
    version: '4.139.1',
    description: 'the VS Code server, about 600 MB',
    complete: (staging) => npmInstall(path.join(staging, insidePackage), ['--omit=dev']),
  });
  return path.join(folder, insidePackage, 'out', 'server-main.js');
}
