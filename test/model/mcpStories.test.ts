import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { emptyFolder, repositoryRoot } from './openSubject.ts';

// What people ask an agent for, from the official client through dist/mcp.js to the real model. Answers are kept short:
// what a small model says of it is not what is tested.
const subject = inject('subject');
const limitMs = 170_000;

interface RunDocument {
  readonly success: boolean;
  readonly output: string;
  readonly backend: string;
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null };
  readonly steps?: readonly { readonly name: string; readonly input: string; readonly output: string }[];
}

interface TestDocument {
  state: string;
  run: string;
  sentence: string;
  verdict: { outcome: string };
  variants: { label: string; cases: number; failures: number; costUsd: number }[];
}

let client: Client;
let folder: string;

beforeAll(async () => {
  folder = await emptyFolder();
  const model: Record<string, string> =
    subject.backend === 'builtin'
      ? { PROMPTLY_BUILTIN_MODEL: subject.model, PROMPTLY_BUILTIN_RUNTIME_PATH: subject.runtimePath }
      : { OLLAMA_HOST: subject.url, PROMPTLY_OLLAMA_MODEL: subject.model };
  client = new Client({ name: 'model-test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [path.join(repositoryRoot, 'dist', 'mcp.js'), '--workspace', folder],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        PROMPTLY_DEFAULT_BACKEND: subject.backend,
        PROMPTLY_MAX_TOKENS: '48',
        ...model,
      },
    }),
  );
  // Listed tools make the client check every answer against its output schema.
  await client.listTools();
});
afterAll(() => client.close());

async function call(
  name: string,
  args: Record<string, unknown>,
): Promise<{ data: unknown; text: string; seen: Progress[] }> {
  const seen: Progress[] = [];
  const options = { timeout: limitMs, onprogress: (progress: Progress) => void seen.push(progress) };
  const result = (await client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
  const text = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  expect(result.isError ?? false, text).toBe(false);
  return { data: result.structuredContent, text, seen };
}

const install = (template_name: string) => call('promptly_template_install', { template_name });

describe('what people ask an agent for', () => {
  test('"install the code_reviewer template, execute code_reviewer on this code"', async () => {
    await install('code_reviewer');
    const {
      data: result,
      text,
      seen,
    } = await call('promptly_execute_skill_real', {
      skill_name: 'code_reviewer',
      user_input: 'def mean(values):\n    return sum(values) / len(values)',
    });
    const data = result as RunDocument;
    expect(data).toMatchObject({ success: true, backend: subject.backend });
    expect(data.output.trim()).not.toBe('');
    expect(text).toContain(data.output);
    // The instructions with both attached files were really sent.
    expect(data.usage.inputTokens ?? 0).toBeGreaterThan(700);
    expect(seen[0]?.message).toContain(`asking ${subject.backend}/`);
  });

  test('"A/B test summarizer_v1 against summarizer_v2 on these articles"', async () => {
    await call('promptly_add', { name: 'summarizer_v1', content: 'Write about this:\n\n{{input}}' });
    await call('promptly_add', {
      name: 'summarizer_v2',
      content: 'Sum up the text between the marks in one short sentence.\n\n<text>\n{{input}}\n</text>',
    });
    const {
      data: report,
      text,
      seen,
    } = await call('promptly_ab_test', {
      test_name: 'summaries',
      variants: ['summarizer_v1', 'summarizer_v2'],
      test_inputs: [
        'The mill by the river closes on Friday because the wheel broke.',
        'The library opens again on Monday, with new shelves and longer hours.',
        'It rained for a week, so the market moved into the town hall.',
      ],
      expected: [
        'The mill closes on Friday.',
        'The library opens again on Monday.',
        'The market moved into the town hall.',
      ],
      evaluators: ['word-overlap'],
    });
    const data = report as TestDocument;
    expect(data.state).toBe('finished');
    expect(data.variants.map(({ label, cases, failures }) => ({ label, cases, failures }))).toEqual([
      { label: 'summarizer_v1', cases: 3, failures: 0 },
      { label: 'summarizer_v2', cases: 3, failures: 0 },
    ]);
    // Three cases cannot settle anything, and it says so instead of naming a winner.
    expect(['not_enough_data', 'no_clear_winner']).toContain(data.verdict.outcome);
    expect(text.startsWith(data.sentence)).toBe(true);
    expect(seen.some(({ message }) => /variant \d of 2, case \d of 3/.test(message ?? ''))).toBe(true);
    const stored = path.join(folder, '.promptly', 'runs', data.run, 'report.json');
    expect(JSON.parse(await readFile(stored, 'utf8'))).toMatchObject({ name: 'summaries' });
  });

  test('"chain api_designer, sql_designer, code_reviewer"', async () => {
    const names = ['api_designer', 'sql_designer', 'code_reviewer'];
    const { data: list } = await call('promptly_skill_list', {});
    const there = (list as { skills: { name: string }[] }).skills.map(({ name }) => name);
    for (const name of names.filter((each) => !there.includes(each))) await install(name);
    const steps = names.map((name) => `  - name: ${name}\n    use: ${name}\n`).join('');
    const chain = `kind: chain\nname: design\nsteps:\n${steps}`;
    await writeFile(path.join(folder, 'design.prompt.yaml'), chain);
    const { data: result } = await call('promptly_execute_prompt', {
      prompt_name: 'design',
      inputs: 'A gym lets members book places in classes.',
    });
    const data = result as RunDocument;
    expect(data.success).toBe(true);
    const [api, sql, review] = data.steps ?? [];
    expect(data.steps?.map(({ name }) => name)).toEqual(names);
    expect(api?.input).toContain('A gym lets members book');
    expect(sql?.input).toContain(api?.output.trim());
    expect(review?.input).toContain(sql?.output.trim());
    expect(data.output).toBe(review?.output);
  });
});
