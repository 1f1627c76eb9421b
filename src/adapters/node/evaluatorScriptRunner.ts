import { spawn, type ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EvaluatorRunner, ScriptRequest, ScriptResult } from '../../core/ports/evaluatorRunner.ts';
import { evaluatorScriptHost, type HostMessage } from './evaluatorScriptHost.ts';
import { killProcessTree } from './killProcessTree.ts';

export interface EvaluatorScriptOptions {
  /** Asked before every run: trust can be given and taken away. */
  readonly isTrusted: () => boolean | Promise<boolean>;
}

const maxStderrLength = 8_192;
const maxHeapMegabytes = 512;

/**
 * Runs `./my-evaluator.mjs` in a Node process of its own, without a shell: a crash, an endless loop or a `process.exit`
 * in it costs one score. The program gets no variable whose name speaks of a key.
 */
export function createEvaluatorScriptRunner(options: EvaluatorScriptOptions): EvaluatorRunner {
  return {
    async run(request, signal) {
      signal.throwIfAborted();
      if (!(await options.isTrusted())) {
        const reason = `${request.script} was not run: evaluator scripts run only in a trusted workspace.`;
        return { status: 'untrusted', reason };
      }
      const script = await locate(request);
      return 'status' in script ? script : runInProcess(script.path, request, signal);
    },
  };
}

async function locate({
  script,
  promptPath,
  workspaceFolder,
}: ScriptRequest): Promise<{ path: string } | ScriptResult> {
  const wanted = path.resolve(path.dirname(promptPath), script);
  try {
    const [real, folder] = await Promise.all([realpath(wanted), realpath(workspaceFolder)]);
    const below = path.relative(folder, real);
    if (below !== '' && !below.startsWith('..') && !path.isAbsolute(below)) return { path: real };
    return { status: 'failed', reason: `${script} lies outside the workspace folder, so it is not run.` };
  } catch {
    const reason = `${script} was not found. The path is relative to the prompt file.`;
    return { status: 'failed', reason };
  }
}

function runInProcess(script: string, request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult> {
  const child = start(script);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-maxStderrLength);
  });
  return new Promise<ScriptResult>((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      void killProcessTree(child).then(finish, finish);
    };
    const end = (result: ScriptResult): void => settle(() => resolve(result));
    const onAbort = (): void => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(() => {
      const seconds = request.timeoutMs / 1000;
      const reason = `${request.script} did not answer within ${seconds} s and was stopped. \`with: {timeoutSeconds}\` allows more.`;
      end({ status: 'timed-out', reason });
    }, request.timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('message', (message) => end(toResult(request.script, message as HostMessage)));
    child.on('error', (error) => end(failed(request.script, `could not be started: ${error.message}`)));
    child.on('close', (code, killed) => end(failed(request.script, describeExit(code, killed, stderr))));
    // The process may be gone already; then `close` or `error` says why.
    child.send({ script: pathToFileURL(script).href, input: request.input }, () => undefined);
  });
}

function start(script: string): ChildProcess {
  const flags = [`--max-old-space-size=${maxHeapMegabytes}`, '--input-type=module', '--eval'];
  return spawn(process.execPath, [...flags, evaluatorScriptHost], {
    cwd: path.dirname(script),
    env: { ...withoutSecrets(process.env), ELECTRON_RUN_AS_NODE: '1' },
    // stdout belongs to the script's own messages: nobody reads it, so it cannot block.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    // A process group of its own, so that its children can be ended with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

const secretName = /key|token|secret|passw|credential|auth/i;

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !secretName.test(name) && name !== 'NODE_OPTIONS' && name !== 'NODE_CHANNEL_FD',
  );
  return Object.fromEntries(kept);
}

function toResult(script: string, message: HostMessage): ScriptResult {
  if (message.status === 'returned') return { status: 'returned', value: message.value };
  return failed(script, message.message);
}

function failed(script: string, detail: string): ScriptResult {
  return { status: 'failed', reason: `${script} ${detail}` };
}

function describeExit(code: number | null, killed: NodeJS.Signals | null, stderr: string): string {
  if (/heap out of memory/.test(stderr)) return `ran out of memory (${maxHeapMegabytes} MB).`;
  const lines = stderr.trim().split('\n').slice(-3).join(' ').slice(-500);
  const end = killed === null ? `code ${String(code)}` : `signal ${killed}`;
  return `ended with ${end} before it returned a score.${lines === '' ? '' : ` It said: ${lines}`}`;
}
