import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { openMcp } from './openMcp.ts';

const prompt = (name: string, text: string) =>
  `name: ${name}\nmessages:\n  - role: user\n    content: ${JSON.stringify(text)}\n`;
const files = {
  'a.prompt.yaml': prompt('summarizer_v1', 'Ramble about {{input}}'),
  'b.prompt.yaml': prompt('summarizer_v2', 'Gist of {{input}}'),
};
const inputs = Array.from({ length: 12 }, (_, index) => `article ${index}`);

describe('promptly_ab_test', () => {
  test('gives the verdict in words and as data', async () => {
    const server = await startFaultServer({
      answer: ({ body }) =>
        JSON.stringify(body).includes('Gist') ? 'the right answer' : 'nothing of the kind',
    });
    const { call } = await openMcp(files, { environment: { OLLAMA_HOST: server.url } });
    const seen: Progress[] = [];
    const result = await call(
      'promptly_ab_test',
      {
        test_name: 'summaries',
        variants: ['summarizer_v1', { prompt: 'summarizer_v2', label: 'new' }],
        test_inputs: inputs,
        expected: inputs.map(() => 'the right answer'),
        evaluators: ['exact_match'],
        backend: 'ollama',
        repetitions: 1,
      },
      { onprogress: (progress) => seen.push(progress) },
    );
    expect(result.text).toContain('new');
    expect(result).toMatchObject({
      isError: false,
      data: {
        state: 'finished',
        verdict: { outcome: 'winner', winner: 'new' },
        variants: [{ mean: 0 }, { mean: 1, cases: 12 }],
        comparisons: [{ wins: 12, losses: 0, n: 12 }],
      },
    });
    expect(result.text.startsWith(String(result.data['sentence']))).toBe(true);
    expect(seen.some(({ message }) => /variant \d of 2, case \d+ of 12/.test(message ?? ''))).toBe(true);
    expect(server.calls()).toHaveLength(24);
    await server.close();
  });

  test('texts of prompts are variants too, and equal ones have no winner', async () => {
    const server = await startFaultServer({ answer: () => 'same' });
    const { call } = await openMcp({}, { environment: { OLLAMA_HOST: server.url } });
    const result = await call('promptly_ab_test', {
      test_name: 'inline',
      variants: ['Sum up {input}', 'Sum up the text in one line.'],
      test_inputs: ['one', { input: 'two' }, 'three'],
      expected: 'same',
      backend: 'ollama',
    });
    expect(result.isError).toBe(false);
    expect(result.data['verdict']).not.toMatchObject({ outcome: 'winner' });
    expect(result.text).toContain('{input} became {{input}}');
    const sent = server.calls().map(({ body }) => JSON.stringify(body));
    expect(sent.some((body) => body.includes('one line.\\n\\ntwo'))).toBe(true);
    await server.close();
  });

  test('what does not fit is said before any call', async () => {
    const server = await startFaultServer();
    const { call } = await openMcp(files, { environment: { OLLAMA_HOST: server.url } });
    const base = { test_name: 't', variants: ['summarizer_v1', 'summarizer_v2'], test_inputs: ['x'] };
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ variants: ['summarizer_v1', 'sumarizer_v2'] }, /Did you mean "summarizer_v2"/],
      [{ variants: ['summarizer_v1'] }, /`variants`/],
      [{ variants: ['summarizer_v1', 'summarizer_v1'] }, /are called "summarizer_v1"/],
      [{ variants: ['summarizer_v1', { promt: 'x' }] }, /Did you mean "prompt"/],
      [{ expected: ['a', 'b'] }, /1 `test_inputs` and 2 `expected`/],
      [{ evaluators: ['exactmatsch'] }, /exactmatsch/],
      [{ test_inputs: [{ other: 'x' }], backend: 'ollama' }, /input/],
    ];
    for (const [change, words] of cases) {
      const result = await call('promptly_ab_test', { ...base, ...change });
      expect({ change, isError: result.isError, text: result.text }).toMatchObject({
        isError: true,
        text: expect.stringMatching(words) as string,
      });
    }
    expect(server.calls()).toHaveLength(0);
    await server.close();
  });

  test('where nothing can be stored it says so and names no run; else the run it names is there', async () => {
    const server = await startFaultServer({ answer: () => 'same' });
    const options = { environment: { OLLAMA_HOST: server.url } };
    const args = {
      test_name: 't',
      variants: ['summarizer_v1', 'summarizer_v2'],
      test_inputs: ['one', 'two'],
      backend: 'ollama',
    };
    const blocked = await (
      await openMcp({ ...files, '.promptly': 'a file' }, options)
    ).call('promptly_ab_test', args);
    expect(blocked).toMatchObject({ isError: false, data: { run: null } });
    expect(blocked.text).toContain('This run cannot be written to disk: nothing of it is kept.');
    const { call, folder } = await openMcp(files, options);
    const stored = await call('promptly_ab_test', args);
    expect(stored.text).not.toContain('written to disk');
    expect(await readdir(path.join(folder, '.promptly', 'runs'))).toEqual([stored.data['run']]);
    await server.close();
  });

  test('a budget stops it with what is there', async () => {
    const server = await startFaultServer({ answer: () => 'word '.repeat(200) });
    const { call } = await openMcp(files, {
      environment: { OLLAMA_HOST: server.url, PROMPTLY_MCP_MAX_COST_USD: '0.000001', ANTHROPIC_API_KEY: 'k' },
    });
    const result = await call('promptly_ab_test', {
      test_name: 't',
      variants: ['summarizer_v1', 'summarizer_v2'],
      test_inputs: inputs,
      backend: 'claude',
    });
    expect(result).toMatchObject({ isError: true });
    expect(result.text).toContain('over-budget');
    await server.close();
  });
});
