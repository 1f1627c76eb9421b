import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { runCommand, runCommandOrThrow } from '../support/process/runCommand.ts';

const rounds = 7;

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

async function medianMs(args: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await runCommandOrThrow(process.execPath, args);
    times.push(performance.now() - began);
  }
  return median(times);
}

/**
 * From starting `promptly run` to its call arriving at the server: the start of Node, of the engine and of the client. In
 * turns with bare Node, so that both meet the same machine; the least of each tells what a quiet one would take.
 */
async function readyToSend(cli: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  await writeFile(
    path.join(folder, 'hi.prompt.yaml'),
    'name: hi\nmessages:\n  - role: user\n    content: Hi\n',
  );
  let arrivedMs = NaN;
  const server = createServer((request, response) => {
    if (request.url === '/api/chat') arrivedMs = performance.now();
    const end = {
      model: 'm',
      message: { role: 'assistant', content: 'Hi' },
      done: true,
      done_reason: 'stop',
    };
    const body = request.url === '/api/chat' ? end : { models: [] };
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(`${JSON.stringify(body)}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = [cli, 'run', 'hi', '--backend', 'ollama', '--model', 'm', '--no-cache'];
  try {
    const [times, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await runCommand(process.execPath, args, { cwd: folder, env: { ...process.env, OLLAMA_HOST: url } });
      times.push(arrivedMs - began);
      const bareBegan = performance.now();
      await runCommandOrThrow(process.execPath, ['-e', '0']);
      bare.push(performance.now() - bareBegan);
    }
    const [least, leastBare] = [Math.min(...times), Math.min(...bare)];
    return `${Math.round(median(times))} ms, at best ${Math.round(least)} ms or ${(least / leastBare).toFixed(2)} times bare Node`;
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}

/** How much longer the command line takes to start than Node itself: a ratio says the same on every machine. */
export async function bench(): Promise<Record<string, number | string>> {
  const cli = path.join(repositoryRoot, 'dist', 'cli.js');
  if (!existsSync(cli)) return { 'command line': 'not in this build' };
  const bare = await medianMs(['-e', '0']);
  const numbers: Record<string, number | string> = { 'bare Node (ms)': Math.round(bare) };
  for (const command of ['--version', '--help']) {
    const time = await medianMs([cli, command]);
    numbers[`promptly ${command}, times bare Node (≤ 3)`] =
      `${(time / bare).toFixed(2)} (${Math.round(time)} ms)`;
  }
  numbers['promptly run, ready to send (≤ 250 ms)'] = await readyToSend(cli);
  return numbers;
}
