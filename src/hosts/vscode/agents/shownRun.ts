import type * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { RunEvent } from '../../../core/domain/runEvent.ts';
import type { EngineHolder } from '../engineHolder.ts';
import type { OutputLog } from '../output/outputLog.ts';
import { RunTranscript } from '../output/runTranscript.ts';
import type { RunRegistry } from '../run/runRegistry.ts';

interface ShownRun {
  readonly name: string;
  readonly uri: vscode.Uri;
  /** What its page in the output begins with. */
  readonly title: string;
}

interface Surroundings {
  readonly engine: EngineHolder;
  readonly registry: RunRegistry;
  readonly output: OutputLog;
}

/** Work that calls a model, shown like any other run: a page in the output, the status bar, Cancel. */
export async function shownRun<Result>(
  { engine: holder, registry, output }: Surroundings,
  { name, uri, title }: ShownRun,
  work: (engine: Engine, onEvent: (event: RunEvent) => void, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): Promise<Result> {
  const engine = await holder.get();
  const active = registry.start(name, uri);
  const page = output.open();
  const labels = new Map(engine.world.backends.list().map(({ id, label }) => [id as string, label]));
  const transcript = new RunTranscript((id) => labels.get(id) ?? id);
  page.append(transcript.opening(title, new Date().toLocaleTimeString()));
  const { signal } = active.controller;
  const both = outer === undefined ? signal : AbortSignal.any([outer, signal]);
  try {
    return await work(engine, (event) => page.append(transcript.event(event)), both);
  } finally {
    page.end();
    registry.end(active);
  }
}
