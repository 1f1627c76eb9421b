import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Show the output as it comes, instead of only returning it. */
  readonly show?: boolean;
  /** Needed for `.cmd` programs on Windows. */
  readonly shell?: boolean;
}

/** Runs a program to its end and returns what it said. Rejects only when it cannot be started. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.show) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (options.show) process.stderr.write(text);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/** Like {@link runCommand}, but a program that fails is an error that shows its last words. */
export async function runCommandOrThrow(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(command, args, options);
  if (result.code === 0) return result.stdout;
  const lastWords = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-30).join('\n');
  throw new Error(`${command} ${args.join(' ')} ended with exit code ${result.code}:\n${lastWords}`);
}

/** Runs the npm this process was started by, else the one in the PATH. */
export function runNpm(args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const npmCli = process.env['npm_execpath'];
  if (npmCli?.endsWith('.js') === true) {
    return runCommandOrThrow(process.execPath, [npmCli, ...args], options);
  }
  return runCommandOrThrow('npm', args, { shell: process.platform === 'win32', ...options });
}
