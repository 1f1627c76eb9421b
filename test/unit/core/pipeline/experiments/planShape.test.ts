import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExperimentPlan } from '../../../../../src/core/domain/experimentPlan.ts';
import type { JsonValue } from '../../../../../src/core/domain/json.ts';
import { createPipeline } from '../../../../../src/core/pipeline/createPipeline.ts';
import { planShape } from '../../../../../src/core/pipeline/experiments/planShape.ts';
import { parsePromptFile } from '../../../../../src/core/pipeline/language.ts';
import type { PromptLookup } from '../../../../../src/core/ports/promptLookup.ts';
import type { RunStore, StoredRun } from '../../../../../src/core/ports/runStore.ts';
import { collect, engineWorld } from '../../../../support/engineWorld.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-shape-'));
});
afterAll(() => rm(folder, { recursive: true }));
const never = new AbortController().signal;

const files = {
  'p.prompt.yaml': `name: p
backend: scripted
variables: {tone: {default: calm}, who: {required: true}}
messages: [{role: user, content: "Write to {{who}}, {{tone}}."}]
responseFormat: json_schema
jsonSchema: {type: object}
`,
  's.prompt.yaml': 'kind: skill\nname: s\nbackend: scripted\ninstructions: Help {{who}}.\nfiles: [./a.txt]\n',
  'c.prompt.yaml':
    'kind: chain\nname: c\nsteps: [{use: ./p.prompt.yaml, with: {who: "{{input}}"}}, {use: ./p.prompt.yaml, with: {who: "{{previous}}"}}]\n',
  'a.txt': 'attached',
  'ab.prompt.yaml': `kind: abtest
name: ab
variants: [./p.prompt.yaml, ./s.prompt.yaml, ./c.prompt.yaml]
testData: [{who: Ann, input: a, expected: b, doc: d}]
groupBy: doc
repetitions: 1
evaluators:
  - {name: e, string: {contains: a}}
  - {name: f, uses: promptly/levenshtein, threshold: 0.1}
  - {name: g, llm: {modelId: scripted/x, prompt: "{{completion}}", choices: [{choice: a, score: 1}]}}
`,
};

const prompts: PromptLookup = {
  find: (reference) => {
    const name = path.basename(reference) as keyof typeof files;
    return Promise.resolve({ status: 'found', file: parsePromptFile(files[name], path.join(folder, name)) });
  },
};

async function realPlan(): Promise<ExperimentPlan> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const file = path.join(folder, 'ab.prompt.yaml');
  const { experiments } = createPipeline(engineWorld({ prompts }));
  const parsed = parsePromptFile(files['ab.prompt.yaml'], file);
  const planned = await experiments.plan({ test: parsed, workspaceFolder: folder }, never);
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  return planned.plan;
}

type Place = readonly (string | number)[];

function placesIn(value: JsonValue, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

/** The plan with one value taken out, or put in its place. */
function spoilt(plan: JsonValue, place: Place, value: JsonValue | undefined): JsonValue {
  const copy = structuredClone(plan);
  let holder = copy as Record<string, JsonValue>;
  for (const key of place.slice(0, -1)) holder = holder[key] as Record<string, JsonValue>;
  const last = place.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

/** A store that holds this one run. */
const storeOf = (run: StoredRun): RunStore => ({
  create: () => Promise.reject(new Error('not asked for')),
  reopen: () => Promise.resolve({ runId: run.runId, append: nothing, writeReport: nothing, close: nothing }),
  list: () => Promise.resolve([run.runId]),
  isRunning: () => Promise.resolve(false),
  read: () => Promise.resolve(run),
  outline: () => Promise.reject(new Error('not asked for')),
  readLabels: () => Promise.resolve([]),
  writeLabels: nothing,
});
const nothing = (): Promise<void> => Promise.resolve();

/** What a person does with a stored run; `damaged` when it is refused. */
async function use(plan: JsonValue): Promise<string> {
  const run = { runId: 'r', plan: { schemaVersion: 1, plan }, report: null, events: [], brokenLines: 0 };
  const { experiments } = createPipeline({ ...engineWorld(), runsFor: () => storeOf(run) });
  try {
    const events = await collect(experiments.resume(await experiments.open(folder, 'r'), never));
    const opened = await experiments.open(folder, 'r');
    await experiments.report(opened);
    await experiments.score(opened, () => Promise.resolve(null), never);
    const bug = events.find((event) => 'result' in event && event.result.failure?.code === 'internal');
    if (bug !== undefined) return JSON.stringify(bug);
    return events.some((event) => event.type === 'run-finished') ? 'used' : 'no end';
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'FileError' && /is damaged|is no run of/.test(message)
      ? 'damaged'
      : `${name}: ${message}`;
  }
}

test('a real plan has the shape, also after its way through JSON', async () => {
  expect(planShape(JSON.parse(JSON.stringify(await realPlan())) as JsonValue, 'plan')).toBeNull();
});

test('whatever is taken out of a plan or has another type, the run is refused or can be used', async () => {
  const plan = JSON.parse(JSON.stringify(await realPlan())) as JsonValue;
  expect(await use(plan)).toBe('used');
  const outcomes: Record<string, Place[]> = {};
  for (const place of placesIn(plan).slice(1)) {
    for (const value of [undefined, null, 7, -1, 0.3, 'x', [], {}]) {
      const outcome = await use(spoilt(plan, place, value));
      (outcomes[outcome] ??= []).push([...place, value === undefined ? 'nothing' : JSON.stringify(value)]);
    }
  }
  const { used = [], damaged = [], ...others } = outcomes;
  expect(others).toEqual({});
  expect(used.length).toBeGreaterThan(100);
  expect(damaged.length).toBeGreaterThan(500);
}, 120_000);
