import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../../core/domain/json.ts';
import type { RunEvent } from '../../core/domain/runEvent.ts';
import type { RunOutline } from '../../core/ports/runStore.ts';
import { eventsFile, planFile, reportFile } from './runFiles.ts';
import { isLocked } from './runLock.ts';

/** A run begins and ends within these of its journal, and its plan says first what it is about. */
const edgeBytes = 64 * 1024;

/** Reads a run's first and last lines: a long run has many megabytes between them. */
export async function readRunOutline(folder: string, reportLimitBytes: number): Promise<RunOutline> {
  const [plan, events, report, isRunning] = await Promise.all([
    readEdge(path.join(folder, planFile), 'start').catch(() => ''),
    readJournalEdges(path.join(folder, eventsFile)),
    readReport(path.join(folder, reportFile), reportLimitBytes),
    isLocked(folder),
  ]);
  return {
    runId: path.basename(folder),
    path: fieldOf(plan, 'path'),
    name: fieldOf(plan, 'name'),
    kind: fieldOf(plan, 'kind'),
    ...events,
    report,
    isRunning,
  };
}

/** The first text of that name in a document of ours, which may be cut off. */
function fieldOf(document: string, name: string): string | null {
  const [, text] = new RegExp(`"${name}": ("(?:[^"\\\\]|\\\\.)*")`).exec(document) ?? [];
  return text === undefined ? null : (JSON.parse(text) as string);
}

async function readJournalEdges(file: string): Promise<Pick<RunOutline, 'started' | 'finished'>> {
  const started = findEvent((await readEdge(file, 'start')).split('\n', 1), 'run-started');
  const lastOf = (text: string): RunOutline['finished'] =>
    findEvent(text.split('\n').reverse(), 'run-finished');
  // After the end of a run that was evaluated again stand its new scores.
  const finished = lastOf(await readEdge(file, 'end')) ?? lastOf(await readFile(file, 'utf8'));
  return { started, finished };
}

/** The first line that is such an event. */
function findEvent<Type extends RunEvent['type']>(
  lines: readonly string[],
  type: Type,
): Extract<RunEvent, { type: Type }> | null {
  for (const line of lines) {
    // Parsing every line would be dear; a line of something else may hold these words too.
    const event = line.includes(type) ? parse(line) : null;
    const isIt = typeof event === 'object' && event !== null && 'type' in event && event['type'] === type;
    if (isIt) return event as unknown as Extract<RunEvent, { type: Type }>;
  }
  return null;
}

async function readEdge(file: string, edge: 'start' | 'end'): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, edgeBytes);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(length),
      position: edge === 'start' ? 0 : size - length,
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function readReport(file: string, limitBytes: number): Promise<JsonValue> {
  try {
    if (limitBytes !== Number.POSITIVE_INFINITY && (await stat(file)).size > limitBytes) return null;
    return parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
