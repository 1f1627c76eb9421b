import { createLazyDirectory } from '../../src/adapters/backends/lazyDirectory.ts';
import { createScriptedBackend } from '../../src/adapters/backends/scripted/scriptedBackend.ts';
import { nodeFileSystem } from '../../src/adapters/node/nodeFileSystem.ts';
import { systemClock } from '../../src/adapters/node/systemClock.ts';
import type { JsonValue } from '../../src/core/domain/json.ts';
import type { ModelRequest } from '../../src/core/domain/chat.ts';
import type { RunEvent } from '../../src/core/domain/runEvent.ts';
import type { PlannedCall } from '../../src/core/domain/runPlan.ts';
import type { World } from '../../src/core/pipeline/pipeline.ts';
import type { Log } from '../../src/core/ports/log.ts';
import type { ModelBackend } from '../../src/core/ports/modelBackend.ts';
import type { Settings } from '../../src/core/ports/settings.ts';
import { defaultSettings } from '../../src/core/ports/settings.ts';

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The real engine's world with backends of the test's own beside the scripted one. */
export function engineWorld(
  parts: Partial<Omit<World, 'backends' | 'settings'>> & {
    readonly settings?: Partial<Settings>;
    readonly backends?: readonly ModelBackend[];
  } = {},
): World {
  const clock = parts.clock ?? systemClock;
  const all = [...(parts.backends ?? []), createScriptedBackend({ clock })];
  return {
    files: nodeFileSystem,
    log: silentLog,
    ...parts,
    clock,
    settings: () => ({ ...defaultSettings, ...parts.settings }),
    backends: createLazyDirectory(() =>
      all.map((backend) => ({
        id: backend.id,
        label: backend.id,
        local: true,
        configuration: '',
        create: () => Promise.resolve(backend),
      })),
    ),
  };
}

/** A call to the scripted backend. */
export function scriptedCall(script: JsonValue, cellId = 'cell-1', input = 'Hello'): PlannedCall {
  const request: ModelRequest = {
    model: 'script',
    messages: [{ role: 'user', content: input }],
    parameters: { options: { scripted: script } },
    responseFormat: { type: 'text' },
    variables: { input },
  };
  return { cellId, route: { backend: 'scripted', model: 'script', reason: 'test' }, request, notApplied: [] };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const textOf = (events: readonly RunEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
