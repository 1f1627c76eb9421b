import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { folderOf, git, openMcp } from './openMcp.ts';

const articles = ['The mill closes on Friday.', 'The library opens on Monday.', 'Rain fell for a week.'];

test('one client does the whole story through one server', async () => {
  const server = await startFaultServer({
    answer: ({ body }) => (JSON.stringify(body).includes('In one sentence') ? 'short' : 'a long ramble'),
  });
  const folder = await folderOf({ 'README.md': 'notes' });
  await git(folder, 'init', '-q');
  const { call } = await openMcp(folder, {
    environment: { OLLAMA_HOST: server.url, PROMPTLY_DEFAULT_BACKEND: 'ollama' },
  });
  const done = async (name: string, args: Record<string, unknown> = {}) => {
    const result = await call(name, args);
    expect({ name, isError: result.isError, text: result.isError ? result.text : '' }).toEqual({
      name,
      isError: false,
      text: '',
    });
    return result;
  };

  await done('promptly_add', { name: 'summarizer', content: 'Sum up: {{input}}' });
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-qm', 'first');
  await done('promptly_add', { name: 'summarizer', content: 'In one sentence: {{input}}' });
  expect((await done('promptly_list')).data['prompts']).toMatchObject([{ name: 'summarizer' }]);
  expect((await done('promptly_get', { name: 'summarizer' })).text).toContain('In one sentence');
  expect((await done('promptly_get', { name: 'summarizer', version: 'HEAD' })).text).toContain('Sum up');

  const ran = await done('promptly_execute_prompt', { prompt_name: 'summarizer', inputs: articles[0] });
  expect(ran.data).toMatchObject({ success: true, output: 'short', backend: 'ollama' });

  const compared = await done('promptly_ab_test', {
    test_name: 'old against new',
    variants: ['summarizer@HEAD', 'summarizer'],
    test_inputs: [...articles, ...articles.map((text) => `${text} So they say.`)],
    expected: Array.from({ length: 6 }, () => 'short'),
    evaluators: ['exact-match'],
  });
  expect(compared.data).toMatchObject({
    state: 'finished',
    variants: [
      { label: 'summarizer@HEAD', mean: 0 },
      { label: 'summarizer', mean: 1 },
    ],
    comparisons: [{ wins: 6, losses: 0 }],
  });
  expect(compared.text.startsWith(String(compared.data['sentence']))).toBe(true);
  expect(await readdir(path.join(folder, '.promptly', 'runs'))).toEqual([compared.data['run']]);

  await done('promptly_template_install', { template_name: 'code_reviewer', skill_name: 'reviewer' });
  await done('promptly_skill_add_file', {
    skill_name: 'reviewer',
    filename: 'house-rules.md',
    content: '- No abbreviations.',
  });
  const skill = await done('promptly_skill_get', { name: 'reviewer' });
  expect((skill.data['files'] as { filename: string }[]).map(({ filename }) => filename)).toEqual([
    'checklist.md',
    'severity.md',
    'house-rules.md',
  ]);
  const composed = await done('promptly_execute_skill', { skill_name: 'reviewer', user_input: 'let x;' });
  expect(composed.text).toContain('No abbreviations.');
  const reviewed = await done('promptly_execute_skill_real', {
    skill_name: 'reviewer',
    user_input: 'let x;',
  });
  expect(JSON.stringify(server.calls().at(-1)?.body)).toContain('No abbreviations.');
  expect(reviewed.data).toMatchObject({ kind: 'skill', success: true });

  const advice = await done('promptly_prompt_suggest', { prompt_name: 'summarizer', goal: 'fewer words' });
  expect(advice.data['suggestions']).toContainEqual(
    expect.objectContaining({ code: 'advice-no-tests', severity: 'information' }),
  );
  await server.close();
});

const pair = {
  'a.prompt.yaml': 'name: a\nmessages: [{role: user, content: "First {{input}}"}]\n',
  'b.prompt.yaml': 'name: b\nmessages: [{role: user, content: "Second {{input}}"}]\n',
};
const inputs = Array.from({ length: 12 }, (_, index) => `article ${index}`);
const longTest = { test_name: 't', variants: ['a', 'b'], test_inputs: inputs, expected: inputs };

test('an A/B test that reaches the limit ends with what is there, and says so', async () => {
  // Answers far longer than the forecast, so the limit is met in the middle.
  const server = await startFaultServer({ answer: () => ({ text: ['x'], outputTokens: 4000 }) });
  const { call } = await openMcp(pair, {
    environment: {
      ANTHROPIC_BASE_URL: server.url,
      ANTHROPIC_API_KEY: 'k',
      PROMPTLY_MCP_MAX_COST_USD: '0.2',
      PROMPTLY_CONCURRENCY: '1',
    },
  });
  const result = await call('promptly_ab_test', { ...longTest, backend: 'claude' });
  expect(result.data['state'], result.text).toBe('budget');
  expect(result.text).toContain('The run ended early: budget.');
  const calls = server.calls().length;
  expect(calls).toBeGreaterThan(0);
  expect(calls).toBeLessThan(24);
  const next = await call('promptly_execute_prompt', {
    prompt_name: 'a',
    inputs: 'x'.repeat(4000),
    backend: 'claude',
  });
  expect(next).toMatchObject({ isError: true });
  expect(next.text).toMatch(/^over-budget: .*Nothing was sent\./);
  expect(server.calls()).toHaveLength(calls);
  await server.close();
});

test('a cancelled A/B test closes its connections, keeps what was done, and the server answers on', async () => {
  const server = await startFaultServer({ answer: () => 'word '.repeat(500), frameDelayMs: 10 });
  const { call, folder } = await openMcp(pair, { environment: { OLLAMA_HOST: server.url } });
  const cancel = new AbortController();
  const options = { signal: cancel.signal };
  const ending = call('promptly_ab_test', { ...longTest, backend: 'ollama' }, options).catch(String);
  await vi.waitFor(() => expect(server.openCalls()).toBeGreaterThan(0), { timeout: 10_000 });
  cancel.abort('enough');
  expect(await ending).toContain('enough');
  await vi.waitFor(() => expect(server.openCalls()).toBe(0), { timeout: 10_000 });
  expect((await call('promptly_list')).isError).toBe(false);
  const [run] = await readdir(path.join(folder, '.promptly', 'runs'));
  expect(run).toBeDefined();
  await server.close();
});
