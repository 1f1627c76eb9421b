import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { createEngine, Engine } from '../../src/composition.ts';
import type { parsePromptFile, readRewrite, rewriteRequest } from '../../src/core/pipeline/language.ts';
import type { RunEvent } from '../../src/core/domain/runEvent.ts';
import { defaultSettings, type Settings } from '../../src/core/ports/settings.ts';
import { built, emptyFolder, noteLog } from './openSubject.ts';

// From a file on disk to the answer, through the built bundles: parser, planning, engine, backend, model.
const { createEngine: create } = built('engine') as { createEngine: typeof createEngine };
interface Language {
  readonly parsePromptFile: typeof parsePromptFile;
  readonly rewriteRequest: typeof rewriteRequest;
  readonly readRewrite: typeof readRewrite;
}
const { parsePromptFile: parse, ...language } = built('language') as Language;
const subject = inject('subject');
const signal = new AbortController().signal;

let engine: Engine;
let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  const settings: Settings = {
    ...defaultSettings,
    defaultBackend: subject.backend,
    // A small model may write and write.
    maxTokens: 200,
    ...(subject.backend === 'builtin'
      ? { builtin: { model: subject.model, runtimePath: subject.runtimePath } }
      : { ollama: { ...defaultSettings.ollama, url: subject.url, model: subject.model } }),
  };
  engine = create({
    settings: () => settings,
    secrets: { readKey: () => Promise.resolve(undefined) },
    log: noteLog,
    environment: {},
    storageFolder: folder,
  });
});
afterAll(() => engine.dispose());

test('a prompt file runs on the real model', async () => {
  const file = path.join(folder, 'capital.prompt.yaml');
  const text = [
    'name: capital',
    'kind: prompt',
    'modelParameters:',
    '  temperature: 0',
    '  maxTokens: 40',
    'messages:',
    '  - role: user',
    '    content: What is the capital of {{country}}?',
    '',
  ].join('\n');
  await writeFile(file, text);
  const request = {
    file: parse(text, file),
    workspaceFolder: folder,
    inputs: { country: 'France' },
  };
  const planned = await engine.pipeline.plan(request, signal);
  if (planned.status !== 'ready') throw new Error(`the plan is ${planned.status}`);
  const events: RunEvent[] = [];
  for await (const event of engine.pipeline.execute(planned.plan, signal)) events.push(event);
  const finished = events.find((event) => event.type === 'cell-finished');
  expect(finished?.result.failure).toBeNull();
  expect(finished?.result.output).toContain('Paris');
  expect(finished?.result.timing.firstTextMs).toBeGreaterThan(0);
  expect(events.filter((event) => event.type === 'text-delta').length).toBeGreaterThan(1);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'finished' });
});

test.each([
  [
    'a prompt of two parts',
    'messages:\n  - role: system\n    content: You help editors.\n  - role: user\n    content: Improve this text {{text}}\n',
  ],
  ['a skill', 'kind: skill\ninstructions: Do it well, with {{style}}.\n'],
])('a rewrite of %s keeps its variables and comments, or is refused in words', async (_, body) => {
  const file = path.join(folder, 'gist.prompt.yaml');
  const before = parse(`# Kept by the team\nname: gist\n${body}`, file);
  const request = language.rewriteRequest(before, 'shorter texts', file);
  if (request === null) throw new Error('there is nothing to rewrite');
  const planned = await engine.pipeline.plan({ ...request, workspaceFolder: folder }, signal);
  if (planned.status !== 'ready') throw new Error(`the plan is ${planned.status}`);
  const events: RunEvent[] = [];
  for await (const event of engine.pipeline.execute(planned.plan, signal)) events.push(event);
  const result = events.find((event) => event.type === 'cell-finished')?.result;
  expect(result?.failure).toBeNull();
  const read = language.readRewrite(before, result?.output ?? '', result?.finishReason === 'length');
  console.log(`${read.status}: ${read.status === 'unusable' ? read.message : (result?.output ?? '')}`);
  if (read.status === 'rewritten') {
    const after = parse(read.text, file);
    expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(after.variablesUsed).toEqual(expect.arrayContaining([...before.variablesUsed]));
    expect(read.text).toContain('# Kept by the team');
  } else if (read.status === 'unusable') expect(read.message).toMatch(/\w.*\. /);
});
