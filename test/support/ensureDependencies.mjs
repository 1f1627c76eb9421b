// Makes sure that the packages of package-lock.json are installed. Runs before anything is installed: Node built-ins only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const oldestNode = 20;

/** Runs a program with its output shown; resolves with its exit code (1 when a signal ended it). */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The npm that runs this script, else the one in the PATH (a shell script on Windows, so it needs a shell there). */
export function runNpm(args, options = {}) {
  const npmCli = process.env.npm_execpath;
  if (npmCli?.endsWith('.js')) return run(process.execPath, [npmCli, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');

// Times of files say little after a checkout, so the lock file's digest is kept beside what was installed from it.
const stamp = path.join(root, 'node_modules', '.promptly-lock-digest');

function isInstalled() {
  if (!existsSync(path.join(root, 'node_modules', '.package-lock.json'))) return false;
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest();
}

export async function ensureDependencies() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    throw new Error(`Node ${oldestNode} or newer is needed; this is Node ${process.versions.node}.`);
  }
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new Error('npm ci failed; its message is above. Is the npm registry reachable from here?');
  }
  writeFileSync(stamp, lockDigest());
}
