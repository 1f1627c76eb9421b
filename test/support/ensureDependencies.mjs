// Makes sure that the packages of package-lock.json are installed. Runs before anything is installed: Node built-ins only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const oldestNode = 20;

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with its output shown; resolves with its exit code (1 when a signal ended it). A signal to this process
 * is passed on, so that nothing goes on alone, and this process waits for the program to end.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    const passOn = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    for (const signal of passedOn) process.on(signal, passOn);
    const settle = (done) => (value) => {
      for (const signal of passedOn) process.removeListener(signal, passOn);
      done(value);
    };
    child.once('error', settle(reject));
    child.once('close', (code) => settle(resolve)(code ?? 1));
  });
}

let stopped = false;

/** Whether a signal asked this process to end. */
export const wasStopped = () => stopped;

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

// Left after an installation of ours: times of files say little after another branch was checked out.
const stamp = path.join(root, 'node_modules', '.promptly-lock-digest');

function isInstalled() {
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  // npm writes this one last, so where it is missing an installation was broken off.
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest()) return true;
  return statSync(installed).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

export async function ensureDependencies() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    throw new Error(`Node ${oldestNode} or newer is needed; this is Node ${process.versions.node}.`);
  }
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (stopped) throw new Error('Stopped.');
  if (code !== 0) {
    throw new Error('npm ci failed; its message is above. Is the npm registry reachable from here?');
  }
  writeFileSync(stamp, lockDigest());
}
