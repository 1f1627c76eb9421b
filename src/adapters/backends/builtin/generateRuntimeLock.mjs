// Writes runtimeLock.json: the exact packages, with their sha512, that make the embedded runtime.
// Run by hand when the version changes: node src/adapters/backends/builtin/generateRuntimeLock.mjs 3.22.1
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Error('Which version of node-llama-cpp? e.g. 3.22.1');

const folder = mkdtempSync(path.join(os.tmpdir(), 'runtime-lock-'));
const packageJson = {
  name: 'promptly-embedded-runtime',
  version: '1.0.0',
  private: true,
  dependencies: { 'node-llama-cpp': version },
};
writeFileSync(path.join(folder, 'package.json'), JSON.stringify(packageJson));
execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const packageLock = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
rmSync(folder, { recursive: true });

// Only the plain CPU builds (and Metal, which is the Mac's): the CUDA and Vulkan builds are hundreds of megabytes.
// Whoever wants them points promptly.builtin.runtimePath at an installation of their own.
const heavy = /-(cuda|cuda-ext|vulkan)$/;
const { packages } = packageLock;
const llama = packages['node_modules/node-llama-cpp'];
// The optional peer (TypeScript) is for people who write code against the library.
delete llama.peerDependencies;
delete llama.peerDependenciesMeta;
const cpuOf = { x64: 'x64', arm64: 'arm64', armv7l: 'arm', riscv64: 'riscv64' };
for (const [name, entry] of Object.entries(packages)) {
  // These packages allow x64 machines to fetch the binaries of others; one machine needs only its own.
  const native = /@node-llama-cpp\/[a-z]+-([a-z0-9]+)/.exec(name);
  if (native) entry.cpu = [cpuOf[native[1]]];
  if (heavy.test(name)) delete packages[name];
  // npm finds the registry that this machine is set up for; the integrity says whether what came is right.
  delete entry.resolved;
  delete entry.funding;
  delete entry.license;
}
// `npm ci` refuses a lock that names a package it does not describe. A registry that lacks a platform's package leaves
// such a hole; installRuntime.ts then asks for that one package by its exact version.
for (const entry of Object.values(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (packages[`node_modules/${name}`] === undefined) delete entry.optionalDependencies[name];
  }
}
for (const [name, entry] of Object.entries(packages)) {
  if (name !== '' && !entry.integrity) throw new Error(`${name} has no integrity`);
}
const file = path.join(import.meta.dirname, 'runtimeLock.json');
writeFileSync(file, `${JSON.stringify({ version, packageJson, packageLock }, null, 2)}\n`);
console.log(`${Object.keys(packages).length - 1} packages pinned in ${file}`);
