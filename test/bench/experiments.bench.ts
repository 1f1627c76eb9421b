import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { measureProcess, type ProcessCost } from './load/measureProcess.ts';
import { findPromptfoo, promptfooEnvironment, writePromptfooConfig } from './load/promptfoo.ts';
import { startChatServer, type ChatServer } from './load/startChatServer.ts';

const concurrency = 8;
const latencyMs = 50;
const cli = path.join(repositoryRoot, 'dist', 'cli.js');

const prompt = (name: string): string =>
  `name: ${name}\nmessages: [{role: user, content: "${name} {{text}}"}]\n`;

async function withWorkspace<Result>(
  cases: number,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const files = {
    'a.prompt.yaml': prompt('a'),
    'b.prompt.yaml': prompt('b'),
    'cases.csv': `text\n${Array.from({ length: cases }, (_, i) => `case ${i} ${'x'.repeat(200)}`).join('\n')}\n`,
    // Half of the answers have that digit: the server answers with the time.
    'ab.prompt.yaml': `kind: abtest
name: bench
variants: [a, b]
testDataFile: ./cases.csv
repetitions: 1
evaluators: [{name: good, string: {contains: '7'}}]
`,
  };
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

interface Measured extends ProcessCost {
  /** What the server took for all calls, divided by the calls at once: nobody can be faster. */
  readonly idealMs: number;
}

async function onServer(server: ChatServer, work: () => Promise<ProcessCost>): Promise<Measured> {
  await server.served();
  const cost = await work();
  return { ...cost, idealMs: (await server.served()).totalMs / concurrency };
}

/** `promptly ab` from the start of the process to its end, the report included. */
const promptly = (server: ChatServer, cases: number, backend: 'ollama' | 'openai'): Promise<Measured> =>
  withWorkspace(cases, (folder) =>
    onServer(server, () =>
      measureProcess(
        [
          ...[cli, 'ab', 'bench', '--json', '--output', 'report.json', '--concurrency', String(concurrency)],
          ...['--backend', backend, '--model', 'bench'],
        ],
        folder,
        { OLLAMA_HOST: server.url, OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'bench-key' },
      ),
    ),
  );

const promptfoo = (server: ChatServer, program: string, cases: number): Promise<Measured> =>
  withWorkspace(cases, (folder) =>
    onServer(server, async () => {
      const args = await writePromptfooConfig(folder, server.url, concurrency);
      return measureProcess([program, ...args], folder, promptfooEnvironment(folder));
    }),
  );

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const inWords = ({ wallMs, cpuMs, peakMb }: ProcessCost): string =>
  `${seconds(wallMs)}, ${seconds(cpuMs)} of processor time, ${Math.round(peakMb)} MB`;

async function sideBySide(server: ChatServer): Promise<Record<string, string>> {
  const program = findPromptfoo();
  if (program === null)
    return { 'side by side with promptfoo': 'it is not installed (npm install -g promptfoo)' };
  const own = await promptly(server, 200, 'openai');
  const theirs = await promptfoo(server, program, 200);
  return {
    'side by side, 200 cases × 2, OpenAI-compatible, 50 ms, 8 at once: promptly': inWords(own),
    'side by side, the same: promptfoo': inWords(theirs),
  };
}

/** Required: at most 1.05 times the ideal wall time and 200 MB, from the command line, reports included. */
export async function bench(): Promise<Record<string, number | string>> {
  const server = await startChatServer();
  try {
    await server.setDelay(latencyMs);
    const timed = await promptly(server, 1_000, 'ollama');
    const nominalMs = (2 * 1_000 * latencyMs) / concurrency;
    const versus = await sideBySide(server);
    await server.setDelay(0);
    const many = await promptly(server, 10_000, 'ollama');
    return {
      'A/B test, 1,000 cases × 2, 50 ms, 8 at once': inWords(timed),
      'of what the server took, and of 12.5 s (≤ 1.05)': `${(timed.wallMs / timed.idealMs).toFixed(3)} and ${(timed.wallMs / nominalMs).toFixed(3)}`,
      'peak memory, 1,000 cases, MB (≤ 200)': Math.round(timed.peakMb),
      '10,000 cases × 2, no latency': inWords(many),
      ...versus,
    };
  } finally {
    await server.stop();
  }
}
