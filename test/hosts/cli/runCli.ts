import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sends this signal once stdout or stderr matches. */
  readonly interruptAt?: RegExp;
}

const cli = path.resolve('dist/cli.js');
/** Nothing of this machine's own backends or keys reaches the program under test. */
const quiet = {
  OLLAMA_HOST: '127.0.0.1:1',
  ANTHROPIC_API_KEY: '',
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  ANTHROPIC_BASE_URL: '',
};

/** Runs the built command line as a user's shell would. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...quiet, ...options.environment },
    });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    const watch = (): void => {
      if (interrupted || options.interruptAt?.test(stdout + stderr) !== true) return;
      // Once, as a person does: a second one would hit the process while it is ending.
      interrupted = true;
      child.kill('SIGINT');
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      watch();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      watch();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // A command that wants no input may be over before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** A fresh workspace folder holding these files. */
export async function workspaceOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-cli-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}
