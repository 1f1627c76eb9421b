import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/domain/json.ts';
import { validateJson } from '../../../src/core/evaluation/validateJson.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runCli, workspaceOf } from './runCli.ts';

const prompt = 'messages:\n  - role: user\n    content: Greet {{who}}\n';
const files = {
  'greet.prompt.yaml': `name: greet\ndescription: Says hello\ntags: [short]\n${prompt}`,
  'two.prompt.yaml':
    'name: two\nkind: chain\nsteps:\n  - name: first\n    use: greet\n    with: {who: "{{input}}"}\n  - name: second\n    use: greet\n    with: {who: "{{previous}}"}\n',
};
const schemas = path.resolve(import.meta.dirname, '../../../schemas');

/** Fails with what does not fit, and where. */
async function expectToFit(name: string, value: JsonValue): Promise<void> {
  const schema = JSON.parse(await readFile(path.join(schemas, `${name}.schema.json`), 'utf8')) as JsonObject;
  expect(await validateJson(value, schema)).toEqual({ status: 'valid' });
}

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer({ models: ['test-model'] });
});
afterAll(() => server.close());

async function json(
  args: readonly string[],
  broken: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const cwd = await workspaceOf({ ...files, ...broken });
  const { stdout } = await runCli([...args, '--json'], { cwd, environment: { OLLAMA_HOST: server.url } });
  return JSON.parse(stdout) as JsonObject;
}

const onServer = ['--backend', 'ollama', '--model', 'test-model', '--retries', '0'];

describe('what the command line prints fits the published schemas', () => {
  test('a run, a chain with its steps, and the report on disk', async () => {
    const single = await json(['run', 'greet', '--var', 'who=Ada', ...onServer]);
    expect(single['success']).toBe(true);
    await expectToFit('run', single);

    const cwd = await workspaceOf(files);
    const { stdout } = await runCli(['run', 'two', '--input', 'Ada', '--json', ...onServer], {
      cwd,
      environment: { OLLAMA_HOST: server.url },
    });
    const chain = JSON.parse(stdout) as { steps: { name: string; input: string; output: string }[] };
    expect(chain.steps.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(chain.steps[1]?.input).toBe(`Greet ${chain.steps[0]?.output ?? ''}`);
    await expectToFit('run', chain);
    const runs = path.join(cwd, '.promptly', 'runs');
    const [run = ''] = await readdir(runs);
    expect(JSON.parse(await readFile(path.join(runs, run, 'report.json'), 'utf8'))).toEqual(chain);
  });

  test('a failed run', async () => {
    server.setFault('status-500');
    const document = await json(['run', 'greet', '--var', 'who=Ada', ...onServer]);
    server.setFault(null);
    expect(document['success']).toBe(false);
    await expectToFit('run', document);
  });

  test('diagnostics', async () => {
    const document = await json(['check'], { 'bad.prompt.yaml': 'name: bad\nmessages: 5\n' });
    expect(document['diagnostics']).not.toEqual([]);
    await expectToFit('diagnostics', document);
    await expectToFit('diagnostics', await json(['run', 'greet', ...onServer]));
  });

  test('list, models and doctor', async () => {
    const list = await json(['list']);
    expect(list['prompts']).toHaveLength(2);
    await expectToFit('list', list);
    const models = await json(['models', '--backend', 'ollama']);
    expect(JSON.stringify(models)).toContain('test-model');
    await expectToFit('models', models);
    await expectToFit('doctor', await json(['doctor']));
  });
});
