import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../../../src/core/domain/promptFile.ts';
import { renderTemplate } from '../../../../../src/core/domain/template.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { sharingFolder } from '../../../../support/sharingFolder.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../../fixtures/sharing');

/** Imports a fixture into an empty workspace: the prompt, and what is said about it. */
async function converted(
  name: string,
): Promise<{ prompt: Prompt; notes: string; metadata: unknown; text: string }> {
  const target = await sharingFolder();
  const plan = await target.plan({ sources: [{ path: path.join(fixtures, name), shown: name }], into: null });
  expect(plan.problems).toEqual([]);
  const [file] = plan.files;
  const text = new TextDecoder().decode(file?.bytes);
  const parsed = parsePromptFile(text, file?.path ?? '');
  expect(parsed.diagnostics.filter(({ severity }) => severity !== 'information')).toEqual([]);
  const notes = plan.notes
    .map(({ line, message }) => `${line === null ? '' : `${line}: `}${message}`)
    .join('\n');
  return { prompt: parsed.file as Prompt, notes, metadata: parsed.file?.metadata, text };
}

const said = (prompt: Prompt, values: Record<string, string>): string[] =>
  prompt.messages.map(({ role, content }) => `${role}: ${renderTemplate(content, values).text}`);

describe('a .prompty of version 1', () => {
  it('keeps its messages, model, parameters, inputs and sample', async () => {
    const { prompt } = await converted('support.prompty');
    const { name, description, tags, model, backend, modelParameters, responseFormat, variables, testData } =
      prompt;
    expect({ name, description, tags, model, backend }).toEqual({
      name: 'Support answer',
      description: 'Answers a customer by name.',
      tags: ['support'],
      model: 'gpt-4o-mini',
      backend: undefined,
    });
    expect(modelParameters).toEqual({
      maxTokens: 300,
      temperature: 0.2,
      topP: 0.9,
      stop: ['END'],
      options: { frequency_penalty: 0.5 },
    });
    expect(responseFormat).toEqual({ type: 'json_object' });
    expect(variables).toMatchObject({
      firstName: { default: 'you', description: "The customer's first name" },
      question: { required: true },
      count: { required: false },
    });
    expect(testData[0]?.variables).toEqual({
      question: 'Where is my order?',
      firstName: 'Jo',
      'order.id': 7,
    });
    const values = { firstName: 'Jo', question: 'Why?', count: '2', 'order.id': '7' };
    expect(said(prompt, values)).toEqual([
      'system: You answer customers of a shop. \nCall them Jo.\nLiteral braces: {{not_a_variable}}\n\n{% if order %}Their order is 7.{% endif %}',
      'user: Why? (2 times)\n![receipt](receipt.png)',
      'assistant: Let me look.',
    ]);
  });

  it('says of everything else where it went, and copies no key', async () => {
    const { notes, metadata, text } = await converted('support.prompty');
    for (const words of [
      '41: A comment is left out: keep it short',
      '45: `{% if order %}` has no counterpart',
      '49: The image `receipt.png` is text here',
      'no backend for the provider `azure_openai`',
      'A key is not copied',
      '`model.parameters.n` has no counterpart',
      'The types of variables are not checked here (count: number)',
    ]) {
      expect(notes).toContain(words);
    }
    expect(metadata).toEqual({
      prompty: {
        version: '1.2',
        authors: ['Ada'],
        'model.configuration.azure_endpoint': 'https://example.invalid',
        'model.parameters.n': 2,
      },
    });
    expect(text).not.toContain('AZURE_KEY');
  });
});

describe('a .prompty of version 2', () => {
  it('keeps its messages, model, inputs and outputs', async () => {
    const { prompt, notes, metadata } = await converted('weather.prompty');
    expect(prompt).toMatchObject({
      name: 'weather',
      backend: 'openai',
      model: 'gpt-4o',
      tags: ['weather', 'demo'],
    });
    expect(prompt.modelParameters).toEqual({ temperature: 0, maxTokens: 100, options: { top_k: 20 } });
    expect(prompt.variables).toMatchObject({
      city: { default: 'Oslo' },
      style: { enum: ['short', 'long'], default: 'short' },
      chat: { required: false },
    });
    expect(prompt.responseFormat).toMatchObject({
      type: 'json_schema',
      schema: {
        properties: {
          summary: { type: 'string', description: 'In one sentence' },
          degrees: { type: 'number' },
        },
        required: ['summary'],
      },
    });
    expect(said(prompt, { style: 'short', chat: '', city: 'Rome' })).toEqual(
      [
        'system: You report the weather  in a short way.',
        'user: How is it in Rome? {{#details}}{{name}}{{/details}}',
      ].map((line, index) => (index === 0 ? `${line} ` : line)),
    );
    expect(notes).toContain('47: `{{#details}}` is a block, which has no counterpart');
    expect(notes).toContain('A conversation as input has no counterpart');
    expect(metadata).toEqual({
      prompty: {
        tools: [{ name: 'lookUp', kind: 'function' }],
        'metadata.owner': 'team-sky',
        'model.connection.kind': 'key',
      },
    });
  });
});

describe('a .prompt of dotprompt', () => {
  it('keeps its messages, config, Picoschema and defaults', async () => {
    const { prompt } = await converted('greet.formal.prompt');
    expect(prompt).toMatchObject({ name: 'greet.formal', model: 'googleai/gemini-2.0-flash' });
    expect(prompt.modelParameters).toEqual({
      temperature: 0.7,
      topP: 0.8,
      maxTokens: 200,
      stop: ['STOP'],
      options: { top_k: 20 },
    });
    expect(prompt.variables).toMatchObject({
      guest: { default: 'Guest' },
      language: { required: false, description: 'the language of the greeting' },
      mood: { enum: ['warm', 'cool'], description: 'how it sounds' },
      place: { default: { town: 'Ulm' } },
      'place.town': { default: 'Ulm' },
    });
    expect(prompt.responseFormat).toMatchObject({
      type: 'json_schema',
      schema: {
        type: 'object',
        properties: {
          greeting: { type: 'string', description: 'the greeting' },
          marks: { type: ['array', 'null'], items: { type: 'string' } },
        },
        required: ['greeting'],
        additionalProperties: false,
      },
    });
    const values = {
      guest: 'Ada',
      language: 'Latin',
      mood: 'warm',
      place: '{"town":"Ulm"}',
      'place.town': 'Ulm',
    };
    expect(said(prompt, values)).toEqual([
      'system: You greet people in Latin, in a warm way.',
      'user: Greet Ada in Ulm.\n{{#if language}}Use Latin.{{/if}}\n{{#each marks}}- {{this}}{{/each}}\nShow this: {{guest}}',
      'assistant: {"town":"Ulm"}\n{{history}}',
    ]);
  });

  it('says of everything else where it went', async () => {
    const { notes, metadata } = await converted('greet.formal.prompt');
    for (const words of [
      '30: A comment is left out: how we talk',
      '33: `{{place.town}}` is one variable here',
      '34: `{{#if language}}` is a block',
      '39: `{{history}}` inserts a conversation',
      'no backend for the provider `googleai`',
      '`tools` has no counterpart',
    ]) {
      expect(notes).toContain(words);
    }
    expect(metadata).toEqual({
      dotprompt: { 'config.version': 'gemini-2.0-flash-001', tools: ['timeOfDay'], 'mycorp.owner': 12 },
    });
  });
});

describe('a .prompt.md of VS Code', () => {
  it('becomes a message of the user with the inputs as variables', async () => {
    const { prompt, notes, metadata } = await converted('review.prompt.md');
    expect(prompt).toMatchObject({ name: 'review', backend: 'copilot', model: 'GPT-4o' });
    expect(prompt.variables).toMatchObject({
      selection: { description: 'The text selected in the editor' },
      file: {},
      topic: { description: 'what matters most' },
    });
    expect(said(prompt, { selection: 'S', file: 'F', topic: 'T' })).toEqual([
      'user: # Review\n\nLook at S in F for T.\nFollow [our rules](../docs/rules.md) and the [site](https://example.invalid).\nAsk #tool:githubRepo when unsure. T again, ${unknown}, and {{ literal }} braces.',
    ]);
    for (const words of [
      '11: The linked file `../docs/rules.md` is not sent',
      '12: `#tool:githubRepo` is text here',
      '12: `${unknown}` is not known',
      '`agent` has no counterpart',
    ]) {
      expect(notes).toContain(words);
    }
    expect(notes).not.toContain('example.invalid');
    expect(metadata).toEqual({
      'prompt-md': { agent: 'ask', tools: ['search/codebase'], 'argument-hint': 'what to look at' },
    });
  });
});

describe('what cannot be imported', () => {
  const refusals: readonly (readonly [
    name: string,
    text: string | Uint8Array,
    line: number | null,
    words: string,
  ])[] = [
    ['a.prompty', '---\nname: a\n', 1, 'is never closed'],
    ['a.prompty', '---\nname: [a\n---\nsystem:\nhi\n', 2, '`[` is never closed'],
    ['a.prompt', '---\n- a\n---\nhi\n', 2, 'lines of `key: value`'],
    ['a.prompt.md', new Uint8Array([0xff, 0xfe, 0x00]), null, 'not UTF-8 text'],
    ['s/SKILL.md', '# No front matter\n', 1, 'A SKILL.md begins with `---`'],
    ['a.prompt', 'x'.repeat(300_000), null, 'larger than the 256 KiB'],
    ['a.prompt', '---\nname: "???"\n---\nhi\n', null, 'cannot be that of a file'],
    ['a.txt', 'hi', null, 'cannot be imported. Give a package'],
  ];
  it.each(refusals)('%s: %j is refused with its line', async (name, text, line, words) => {
    const source = await sharingFolder();
    const target = await sharingFolder();
    const plan = await target.plan({
      sources: [{ path: await source.write(name, text), shown: name }],
      into: null,
    });
    expect(plan.problems).toHaveLength(1);
    expect(plan.problems[0]).toMatchObject({ file: name, line });
    expect(plan.problems[0]?.message).toContain(words);
  });

  it('is said for a missing file and an empty folder', async () => {
    const target = await sharingFolder();
    const source = await sharingFolder({ 'note.txt': 'x' });
    const sources = [
      { path: path.join(source.folder, 'gone.prompty'), shown: 'gone.prompty' },
      { path: source.folder, shown: 'some' },
    ];
    const { problems } = await target.plan({ sources, into: null });
    expect(problems.map(({ message }) => message)).toEqual([
      'gone.prompty does not exist.',
      expect.stringContaining('There is nothing to import in some.') as string,
    ]);
  });
});

it('a sample file of a prompty is its first test case', async () => {
  const source = await sharingFolder({
    'a.prompty': '---\nname: a\nsample: ${file:sample.json}\n---\nuser:\nHi {{who}}\n',
    'sample.json': '{"who": "Ada"}',
  });
  const target = await sharingFolder();
  const plan = await target.plan({
    sources: [{ path: path.join(source.folder, 'a.prompty'), shown: 'a' }],
    into: null,
  });
  expect(plan.files.map(({ path: each }) => each)).toEqual(['prompts/a.prompt.yaml']);
  const parsed = parsePromptFile(new TextDecoder().decode(plan.files[0]?.bytes), 'a.prompt.yaml');
  expect((parsed.file as Prompt).testData[0]?.variables).toEqual({ who: 'Ada' });
});

it('a source reads and copies nothing outside its own folder', async () => {
  const source = await sharingFolder({
    'in/a.prompty': '---\nname: a\nsample: ../secret.json\n---\nuser:\nHi {{who}}\n',
    'secret.json': '{"who": "private"}',
  });
  const target = await sharingFolder();
  const from = path.join(source.folder, 'in/a.prompty');
  const plan = await target.plan({ sources: [{ path: from, shown: 'a.prompty' }], into: null });
  expect(plan.problems.map(({ message }) => message)).toEqual([
    'The file it names, ../secret.json, leads out of its folder with ... Only files below it are taken along.',
  ]);
  expect(JSON.stringify(plan.files.map(({ bytes }) => new TextDecoder().decode(bytes)))).not.toContain(
    'private',
  );
});

it('what lies in the workspace is imported beside its source', async () => {
  const body = await readFile(path.join(fixtures, 'review.prompt.md'), 'utf8');
  const target = await sharingFolder({
    '.github/prompts/review.prompt.md': body,
    '.claude/skills/a/SKILL.md': '---\nname: a\ndescription: d\n---\nDo.\n',
  });
  const sources = ['.github/prompts/review.prompt.md', '.claude/skills/a'].map((shown) => ({
    path: path.join(target.folder, shown),
    shown,
  }));
  const plan = await target.plan({ sources, into: null });
  expect(plan.problems).toEqual([]);
  // Folders of other programs stay theirs.
  expect(plan.files.map(({ path: each }) => each)).toEqual([
    '.github/prompts/review.prompt.yaml',
    'skills/a/a.prompt.yaml',
  ]);
});
