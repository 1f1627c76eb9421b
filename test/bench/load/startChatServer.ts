import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { repositoryRoot } from '../../support/editor/partsFolder.ts';

export interface ChatServer {
  readonly url: string;
  /** The programs of this folder, bundled: `<folder>/<name>.cjs`. */
  readonly folder: string;
  /** From now on every answer comes after this time. */
  setDelay(ms: number): Promise<void>;
  /** Calls since the last question, and what their answers took altogether. */
  served(): Promise<{ readonly calls: number; readonly totalMs: number }>;
  stop(): Promise<void>;
}

/** The server in a process of its own: in that of the bench it would share its time with what is measured. */
export async function startChatServer(): Promise<ChatServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  await bundle(folder);
  const server = spawn(process.execPath, [path.join(folder, 'chatServer.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once('exit', () => reject(new Error('The bench server did not start.')));
  });
  const ask = async (question: string): Promise<unknown> => (await fetch(`${url}${question}`)).json();
  return {
    url,
    folder,
    async setDelay(ms) {
      await ask(`/delay/${ms}`);
    },
    served: async () => (await ask('/served')) as { calls: number; totalMs: number },
    async stop() {
      server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As plain JavaScript: a loader that compiles at run time would count as the engine's memory. */
async function bundle(folder: string): Promise<void> {
  await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['load', 'chatServer'].map((name) => path.join(import.meta.dirname, `${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    alias: { 'whatwg-fetch': './src/adapters/backends/ollama/noPolyfill.ts' },
    logLevel: 'warning',
  });
}
