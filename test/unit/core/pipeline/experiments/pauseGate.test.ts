import { expect, test } from 'vitest';
import { createScriptedBackend } from '../../../../../src/adapters/backends/scripted/scriptedBackend.ts';
import { systemClock } from '../../../../../src/adapters/node/systemClock.ts';
import { createPipeline } from '../../../../../src/core/pipeline/createPipeline.ts';
import type { PauseGate } from '../../../../../src/core/pipeline/experiments/experimentRequests.ts';
import { parsePromptFile } from '../../../../../src/core/pipeline/language.ts';
import type { ModelBackend } from '../../../../../src/core/ports/modelBackend.ts';
import { engineWorld } from '../../../../support/engineWorld.ts';

/** A gate that somebody opens and shuts. */
class Gate implements PauseGate {
  #opened: { readonly promise: Promise<void>; readonly open: () => void } | null = null;

  shut(): void {
    let open = (): void => undefined;
    const promise = new Promise<void>((resolve) => (open = resolve));
    this.#opened = { promise, open };
  }

  open(): void {
    this.#opened?.open();
    this.#opened = null;
  }

  wait(): Promise<void> | undefined {
    return this.#opened?.promise;
  }
}

/** The scripted backend, counting its calls. */
function countingBackend(): ModelBackend & { calls: number } {
  const scripted = createScriptedBackend({ clock: systemClock, script: { reply: 'fine' } });
  const counting = {
    ...scripted,
    id: 'custom:counted' as const,
    calls: 0,
    stream: (...args: Parameters<ModelBackend['stream']>) => {
      counting.calls += 1;
      return scripted.stream(...args);
    },
  };
  return counting;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function start(backend: ModelBackend, signal: AbortSignal, gate: PauseGate) {
  const { experiments } = createPipeline(engineWorld({ backends: [backend] }));
  const prompt = parsePromptFile(
    `name: p\nbackend: custom:counted\nmodel: m\nmessages: [{role: user, content: "{{text}}"}]\n`,
    '/nowhere/p.prompt.yaml',
  );
  const testData = Array.from({ length: 30 }, (_, at) => ({
    id: `case-${at}`,
    variables: { text: `t${at}` },
  }));
  const test = {
    name: 'paused',
    path: '/nowhere/ab.prompt.yaml',
    variants: [
      { label: 'one', prompt },
      { label: 'two', prompt },
    ],
    testData,
  };
  const overrides = { concurrency: 2, repetitions: 1 };
  const planned = await experiments.plan({ test, workspaceFolder: '/nowhere', overrides }, signal);
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  return experiments.run(planned.plan, signal, { record: false, cache: 'off', pause: gate });
}

test('a paused run makes no further call, keeps what it has, and goes on when it may', async () => {
  const backend = countingBackend();
  const gate = new Gate();
  const states: string[] = [];
  let scored = 0;
  let whilePaused = -1;
  for await (const event of await start(backend, new AbortController().signal, gate)) {
    if (event.type === 'run-finished') states.push(event.state);
    if (event.type !== 'cell-scored') continue;
    scored += 1;
    if (scored !== 10) continue;
    gate.shut();
    void (async () => {
      await pause(60);
      const before = backend.calls;
      await pause(80);
      whilePaused = backend.calls - before;
      gate.open();
    })();
  }
  expect(whilePaused).toBe(0);
  expect(states).toEqual(['finished']);
  expect(backend.calls).toBe(60);
});

test('a paused run can be cancelled', async () => {
  const backend = countingBackend();
  const gate = new Gate();
  const cancel = new AbortController();
  const states: string[] = [];
  let scored = 0;
  for await (const event of await start(backend, cancel.signal, gate)) {
    if (event.type === 'run-finished') states.push(event.state);
    if (event.type !== 'cell-scored') continue;
    scored += 1;
    if (scored !== 6) continue;
    gate.shut();
    void pause(50).then(() => {
      cancel.abort();
      gate.open();
    });
  }
  expect(states).toEqual(['cancelled']);
  expect(backend.calls).toBeLessThan(60);
});
