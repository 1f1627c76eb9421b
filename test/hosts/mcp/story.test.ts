import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { folderOf, git, openMcp } from './openMcp.ts';

describe('a client works with prompts and skills', () => {
  test('add, list, get, get at a revision, execute', async () => {
    const server = await startFaultServer({ answer: () => 'A short gist.' });
    const folder = await folderOf({ 'README.md': 'notes' });
    await git(folder, 'init', '-q');
    const { call } = await openMcp(folder, { environment: { OLLAMA_HOST: server.url } });

    const added = await call('promptly_add', {
      name: 'summarizer',
      content: 'Summarise {text} in {sentences} sentences.',
      metadata: { description: 'Gists', tags: ['text'], author: 'Ada' },
    });
    expect(added).toMatchObject({
      isError: false,
      data: { created: true, file: 'prompts/summarizer.prompt.yaml', diagnostics: [] },
    });
    expect(added.text).toContain('{text} became {{text}}');
    expect(added.text).toContain('author');
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '-qm', 'first');

    const file = path.join(folder, 'prompts', 'summarizer.prompt.yaml');
    const changed = await call('promptly_add', { name: 'summarizer', content: 'Sum up {{text}}.' });
    expect(changed).toMatchObject({ isError: false, data: { created: false } });
    expect(await readFile(file, 'utf8')).toContain('Sum up {{text}}.');

    expect((await call('promptly_list')).data).toMatchObject({
      prompts: [{ name: 'summarizer', kind: 'prompt', description: 'Gists', tags: ['text'] }],
    });
    expect((await call('promptly_get', { name: 'summarizer' })).data).toMatchObject({
      version: null,
      messages: [{ role: 'user', content: 'Sum up {{text}}.' }],
      variables: [{ name: 'text', required: true }],
    });
    expect((await call('promptly_get', { name: 'summarizer', version: 'HEAD' })).data).toMatchObject({
      version: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      messages: [{ role: 'user', content: 'Summarise {{text}} in {{sentences}} sentences.' }],
    });
    const unknown = await call('promptly_get', { name: 'summarizer', version: 'v9' });
    expect(unknown).toMatchObject({ isError: true });
    expect(unknown.text).toContain('"v9"');

    const ran = await call('promptly_execute_prompt', {
      prompt_name: 'summarizer',
      inputs: { text: 'A long article' },
      backend: 'ollama',
    });
    expect(ran).toMatchObject({ isError: false, data: { success: true, output: 'A short gist.' } });
    expect(JSON.stringify(server.calls()[0]?.body)).toContain('Sum up A long article.');
    await server.close();
  });

  test('comments and layout of a file survive an edit', async () => {
    const text =
      '# Kept by the team\nname: greet   # the name\ndescription: >-\n  Says\n  hello\n\nmessages:\n  - role: system # tone\n    content: Be kind.\n  - role: user\n    content: Greet {{who}}\n';
    const { call, folder } = await openMcp({ 'greet.prompt.yaml': text });
    const result = await call('promptly_add', { name: 'greet', content: 'Welcome {{who}}' });
    expect(result).toMatchObject({ isError: false, data: { created: false, file: 'greet.prompt.yaml' } });
    expect(await readFile(path.join(folder, 'greet.prompt.yaml'), 'utf8')).toBe(
      text.replace('Greet {{who}}', 'Welcome {{who}}'),
    );
  });

  test('a skill with files is composed and run', async () => {
    const server = await startFaultServer({ answer: () => 'Looks fine.' });
    const { call, folder } = await openMcp({}, { environment: { OLLAMA_HOST: server.url } });
    const added = await call('promptly_skill_add', {
      name: 'reviewer',
      description: 'Reviews code',
      instructions: 'Review the code by the checklist.',
    });
    expect(added).toMatchObject({
      isError: false,
      data: { file: 'skills/reviewer/reviewer.prompt.yaml', created: true, diagnostics: [] },
    });
    const attached = await Promise.all(
      ['checklist', 'style.md', 'docs/terms.txt'].map((filename) =>
        call('promptly_skill_add_file', {
          skill_name: 'reviewer',
          filename,
          content: `- text of ${filename}`,
          filetype: 'markdown',
        }),
      ),
    );
    expect(attached.map(({ isError, text }) => (isError ? text : 'ok'))).toEqual(['ok', 'ok', 'ok']);
    expect((await call('promptly_skill_list')).data).toMatchObject({ skills: [{ name: 'reviewer' }] });
    const got = await call('promptly_skill_get', { name: 'reviewer' });
    expect(got.data).toMatchObject({ instructions: 'Review the code by the checklist.' });
    const files = got.data['files'] as { filename: string }[];
    expect(files.map(({ filename }) => filename).sort()).toEqual([
      'checklist.md',
      'docs/terms.txt',
      'style.md',
    ]);

    const composed = await call('promptly_execute_skill', {
      skill_name: 'reviewer',
      user_input: 'let x = 1; // {{not a variable}}',
    });
    expect(composed.text).toContain('- text of style.md');
    expect(composed.text).toContain('let x = 1; // {{not a variable}}');
    expect(server.calls()).toHaveLength(0);
    const ran = await call('promptly_execute_skill_real', {
      skill_name: 'reviewer',
      user_input: 'let x = 1;',
      backend: 'ollama',
    });
    expect(ran).toMatchObject({ isError: false, data: { output: 'Looks fine.', backend: 'ollama' } });
    expect(await readFile(path.join(folder, 'skills/reviewer/docs/terms.txt'), 'utf8')).toBe(
      '- text of docs/terms.txt',
    );
    await server.close();
  });

  test('a skill at a revision has the files of that revision', async () => {
    const folder = await folderOf({
      's.prompt.yaml': 'kind: skill\nname: s\ninstructions: Do it.\nfiles: [a.md]\n',
      'a.md': 'old text',
    });
    await git(folder, 'init', '-q');
    await git(folder, 'add', '-A');
    await git(folder, 'commit', '-qm', 'first');
    const { call } = await openMcp(folder);
    await call('promptly_skill_add_file', { skill_name: 's', filename: 'a.md', content: 'new text' });
    expect((await call('promptly_skill_get', { name: 's' })).text).toContain('new text');
    const old = await call('promptly_execute_skill', { skill_name: 's', user_input: 'x', version: 'HEAD' });
    expect(old.text).toContain('old text');
    expect(old.text).not.toContain('new text');
  });

  test('suggestions have places and reasons, and an order to rewrite by', async () => {
    const text = 'name: p\nmessages:\n  - role: user\n    content: Improve the text {{text}}\n';
    const { call } = await openMcp({ 'p.prompt.yaml': text });
    const result = await call('promptly_prompt_suggest', { prompt_name: 'p', goal: 'shorter texts' });
    expect(result.isError).toBe(false);
    expect(result.text).toMatch(/p\.prompt\.yaml:4:14 information advice-vague: "Improve"/);
    expect(result.data['rewrite_prompt']).toContain('Its goal: shorter texts.');
    const order = String(result.data['rewrite_prompt']);
    expect(order).toContain(text.trimEnd());
    const [, key = '?'] = /<file-([0-9a-f]{16})>/.exec(order) ?? [];
    expect(order.endsWith(`</file-${key}>`)).toBe(true);
  });

  test('a chain runs and gives each step', async () => {
    const server = await startFaultServer({ answer: ({ body }) => `<${JSON.stringify(body).length}>` });
    const { call } = await openMcp(
      {
        'a.prompt.yaml': 'name: a\nmessages: [{role: user, content: "First {{input}}"}]\n',
        'b.prompt.yaml': 'name: b\nmessages: [{role: user, content: "Then {{input}}"}]\n',
        'c.prompt.yaml': 'kind: chain\nname: c\nsteps:\n  - use: a\n  - use: b\n',
      },
      { environment: { OLLAMA_HOST: server.url } },
    );
    const ran = await call('promptly_execute_prompt', {
      prompt_name: 'c',
      inputs: 'the start',
      backend: 'ollama',
    });
    const steps = ran.data['steps'] as { input: string; output: string }[];
    expect(ran.isError).toBe(false);
    expect(steps[0]?.input).toBe('First the start');
    expect(steps[1]?.input).toBe(`Then ${steps[0]?.output ?? '?'}`);
    await server.close();
  });
});
