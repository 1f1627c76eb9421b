import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/domain/json.ts';
import { validateJson } from '../../../src/core/evaluation/validateJson.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { duelFiles, promptFile } from './duel.ts';
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

  test('tests, A/B tests, comparisons and what is made of their stored runs', async () => {
    const backend = await startFaultServer();
    onTestFinished(() => backend.close());
    const duel = duelFiles(7);
    const cwd = await workspaceOf({
      ...duel,
      'long.prompt.yaml': `${duel['long.prompt.yaml'] ?? ''}testDataFile: ./cases.csv\n`,
      'other.prompt.yaml': `${promptFile('other', 'Say')}testData: [{text: a, expected: b}]\n`,
    });
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], { cwd });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    const run = async (...args: string[]): Promise<JsonObject> => {
      const { stdout } = await runCli(args, { cwd, environment: { OLLAMA_HOST: backend.url } });
      return JSON.parse(stdout) as JsonObject;
    };
    const first = await run('test', 'long', 'other', '--json');
    expect(first['kind']).toBe('test');
    await expectToFit('report', first);
    await expectToFit('gh-models', await run('test', 'long', '--compat', 'gh-models'));
    await expectToFit('gh-models', await run('test', 'long', 'other', '--compat', 'gh-models'));
    await expectToFit('report', await run('compare', 'long', '--json', '--repetitions', '1'));
    const [earlier] = (await readdir(path.join(cwd, '.promptly', 'runs'))).sort();
    const ab = await run('ab', 'duel', '--json');
    await expectToFit('report', ab);
    expect(await run('report', 'latest', '--json')).toEqual(ab);
    await expectToFit('report', await run('score', 'latest', '--json'));
    await expectToFit('changes', await run('report', 'latest', '--against', earlier ?? '', '--json'));
    const runs = await run('runs', '--json');
    expect(runs['runs']).toHaveLength(5);
    await expectToFit('runs', runs);
    expect((await runCli(['ab', 'nobody', '--json'], { cwd })).stdout).toBe('');
  });

  test('an A/B test that reached nobody', async () => {
    const cwd = await workspaceOf(duelFiles(2));
    const run = await runCli(['ab', 'duel', '--json', '--retries', '0'], { cwd });
    expect(run.code).toBe(3);
    const report = JSON.parse(run.stdout) as JsonObject;
    expect(report['state']).toBe('failed');
    await expectToFit('report', report);
  });

  test('templates', async () => {
    const cwd = await workspaceOf({});
    const list = JSON.parse((await runCli(['template', 'list', '--json'], { cwd })).stdout) as {
      templates: { name: string }[];
    };
    await expectToFit('templates', list);
    const [template] = list.templates;
    const installed = await runCli(['template', 'install', template?.name ?? '', '--json'], { cwd });
    await expectToFit('template-installed', JSON.parse(installed.stdout) as JsonObject);
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
