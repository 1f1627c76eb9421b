import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ProcessCost {
  readonly wallMs: number;
  /** Of the process itself, all its threads. */
  readonly cpuMs: number;
  /** The largest resident set it had. */
  readonly peakMb: number;
}

/** Loaded before the program: what a process took, only it can say. */
const report = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const cost = { cpuMs: (user + system) / 1000, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 };
  require('node:fs').writeFileSync(process.env.PROMPTLY_BENCH_COST, JSON.stringify(cost));
});`;

/** Runs a Node program from its start to its end. Throws when it ends with anything but 0. */
export async function measureProcess(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<ProcessCost> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const [script, result] = ['report.cjs', 'cost.json'].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  await writeFile(script, report);
  try {
    const began = performance.now();
    const child = spawn(process.execPath, ['--require', script, ...args], {
      cwd,
      env: { ...process.env, ...environment, PROMPTLY_BENCH_COST: result },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    const wallMs = performance.now() - began;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${said}`);
    return { wallMs, ...(JSON.parse(await readFile(result, 'utf8')) as Omit<ProcessCost, 'wallMs'>) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
