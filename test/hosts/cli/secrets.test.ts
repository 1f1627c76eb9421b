import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultNames, type FaultName } from '../../support/faultServer/fault.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runCli, workspaceOf } from './runCli.ts';

const keyOfClaude = 'sk-ant-planted-c0ffee-4711-claude';
const keyOfOpenAi = 'sk-planted-c0ffee-4712-openai';
const planted = [keyOfClaude, keyOfOpenAi];

/** Quick to end, and between them every road an error can take. */
const faults: readonly (FaultName | null)[] = [
  null,
  ...faultNames.filter((name) => !/^(hang|slow|huge)/.test(name)),
];

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

test.each(['claude', 'openai'])(
  'no key of %s is found in any output or file afterwards',
  async (backend) => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': 'messages:\n  - role: user\n    content: Hello\n' });
    const environment = {
      ANTHROPIC_API_KEY: keyOfClaude,
      OPENAI_API_KEY: keyOfOpenAi,
      ANTHROPIC_BASE_URL: server.url,
      OPENAI_BASE_URL: server.openAiUrl,
      PROMPTLY_OPENAI_MODEL: 'gpt-5-mini',
      PROMPTLY_DEBUG: '1',
    };
    let said = '';
    for (const fault of faults) {
      server.setFault(fault);
      const args = ['run', 'greet', '--backend', backend, '--retries', '0', '--no-cache', '--json'];
      const run = await runCli(args, { cwd, environment });
      said += run.stdout + run.stderr;
      expect([0, 3]).toContain(run.code);
    }
    for (const command of [['models', '--json'], ['doctor', '--json'], ['doctor']]) {
      const run = await runCli(command, { cwd, environment });
      said += run.stdout + run.stderr;
    }
    const keyArrived = server
      .calls()
      .some((call) => planted.some((key) => JSON.stringify(call.headers).includes(key)));
    expect(keyArrived, 'the key must reach the server, or this test shows nothing').toBe(true);
    const files = await readAllFiles(path.join(cwd, '.promptly'));
    expect(files.length).toBeGreaterThan(0);
    for (const key of planted) {
      expect(said).not.toContain(key);
      for (const { file, text } of files) expect(text, file).not.toContain(key);
    }
  },
  120_000,
);

async function readAllFiles(folder: string): Promise<{ file: string; text: string }[]> {
  const names = await readdir(folder, { recursive: true });
  const files: { file: string; text: string }[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    if ((await stat(file)).isFile()) files.push({ file, text: await readFile(file, 'latin1') });
  }
  return files;
}
