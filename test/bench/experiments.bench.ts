import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { startFaultServer } from '../support/faultServer/startFaultServer.ts';

const prompt = (name: string): string =>
  `name: ${name}\nbackend: ollama\nmodel: llama3.2:3b\nmessages: [{role: user, content: "${name} {{text}}"}]\n`;

async function workspace(cases: number): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const files = {
    'a.prompt.yaml': prompt('a'),
    'b.prompt.yaml': prompt('b'),
    'cases.csv': `text\n${Array.from({ length: cases }, (_, i) => `case ${i} ${'x'.repeat(200)}`).join('\n')}\n`,
    'ab.prompt.yaml': `kind: abtest
name: bench
variants: [a, b]
testDataFile: ./cases.csv
repetitions: 1
evaluators: [{name: good, string: {contains: good}}]
`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

/** From the start of the process to its end, the report included; the largest resident set it had. */
async function measure(
  cases: number,
  latencyMs: number,
  concurrency: number,
): Promise<{ wallMs: number; peakMiB: number }> {
  const server = await startFaultServer({
    latencyMs,
    answer: ({ body }) => (JSON.stringify(body).length % 3 === 0 ? 'good' : 'bad'),
  });
  const cwd = await workspace(cases);
  const cli = path.join(repositoryRoot, 'dist', 'cli.js');
  const args = ['ab', 'bench', '--json', '--output', 'report.json', '--concurrency', String(concurrency)];
  try {
    const began = performance.now();
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: { ...process.env, OLLAMA_HOST: server.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let peakKiB = 0;
    const watch = setInterval(() => {
      void readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').then(
        (status) => (peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))),
        () => undefined,
      );
    }, 100);
    const code = await new Promise((resolve) => child.once('close', resolve));
    clearInterval(watch);
    const wallMs = performance.now() - began;
    if (code !== 0) throw new Error(`the command ended with ${String(code)}`);
    return { wallMs, peakMiB: peakKiB / 1024 };
  } finally {
    await server.close();
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Required: at most 1.05 times the ideal wall time, at most 200 MB more memory for ten times the cases. */
export async function bench(): Promise<Record<string, number | string>> {
  const [cases, latencyMs, concurrency] = [1000, 50, 8];
  const idealMs = (2 * cases * latencyMs) / concurrency;
  const timed = await measure(cases, latencyMs, concurrency);
  const many = await measure(10_000, 0, concurrency);
  return {
    'A/B test, 1,000 cases × 2, 50 ms, 8 at once (ms)': Math.round(timed.wallMs),
    'of the ideal wall time (at most 1.05)': (timed.wallMs / idealMs).toFixed(3),
    'peak memory, 1,000 cases (MiB)': Math.round(timed.peakMiB),
    'peak memory, 10,000 cases (MiB)': Math.round(many.peakMiB),
    'more memory for 10,000 cases (MiB, at most 200)': Math.round(many.peakMiB - timed.peakMiB),
    '10,000 cases × 2, no latency (s)': Math.round(many.wallMs / 100) / 10,
  };
}
