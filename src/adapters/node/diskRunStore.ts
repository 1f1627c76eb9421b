import { mkdir, open, readFile, readdir, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isHumanLabel, type HumanLabel } from '../../core/domain/humanLabel.ts';
import type { JsonValue } from '../../core/domain/json.ts';
import { jsonPieces } from '../../core/domain/jsonPieces.ts';
import type { RunEvent } from '../../core/domain/runEvent.ts';
import { FileError } from '../../core/ports/fileSystem.ts';
import { RunInUse, type RunJournal, type RunStore, type StoredRun } from '../../core/ports/runStore.ts';
import { hasCode } from './hasCode.ts';
import { createLineWriter, type LineWriter } from './lineWriter.ts';
import { eventsFile, labelsFile, planFile, reportFile } from './runFiles.ts';
import { isLocked, lockRun, type RunLock } from './runLock.ts';
import { readRunOutline } from './runOutline.ts';
import { writeAtomically } from './writeAtomically.ts';

export interface DiskRunStoreOptions {
  /** `.promptly/runs` */
  readonly folder: string;
  /** Makes the folder's parent before the first run. */
  readonly prepare?: () => Promise<unknown>;
  /** The process does nothing else meanwhile: lines are written without waking another thread. */
  readonly blocking?: boolean;
}

export function createDiskRunStore({ folder, prepare, blocking = false }: DiskRunStoreOptions): RunStore {
  const pathOf = (runId: string): string => {
    if (!/^[\w.-]+$/.test(runId) || runId.startsWith('.')) {
      throw new FileError('not-found', `"${runId}" is no name of a run.`);
    }
    return path.join(folder, runId);
  };
  return {
    async create(runId, plan) {
      return guard(async () => {
        await prepare?.();
        await mkdir(folder, { recursive: true });
        const name = await claimFolder(pathOf(runId));
        try {
          return await openJournal(name, blocking, () =>
            writeAtomically(path.join(name, planFile), `${JSON.stringify(plan, null, 2)}\n`),
          );
        } catch (error) {
          // A folder without a plan would be listed as a run that nobody can open.
          await rm(name, { recursive: true, force: true }).catch(() => undefined);
          throw error;
        }
      });
    },
    reopen: (runId) =>
      guard(async () => {
        const name = pathOf(runId);
        await (await open(path.join(name, eventsFile), 'r+')).close();
        // A killed process may have left half a line, which must not swallow the next one.
        return openJournal(name, blocking, (handle) => handle.write('\n'));
      }),
    isRunning: async (runId) => isLocked(pathOf(runId)),
    async list() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      return names.sort().reverse();
    },
    read: (runId) => guard(() => readRun(pathOf(runId))),
    outline: (runId, reportLimitBytes = Number.POSITIVE_INFINITY) =>
      guard(() => readRunOutline(pathOf(runId), reportLimitBytes)),
    readLabels: async (runId) => {
      return labelsIn(await readJson(path.join(pathOf(runId), labelsFile)));
    },
    writeLabels: (runId, labels) =>
      guard(() => {
        const document = { schemaVersion: 1, labels };
        const file = path.join(pathOf(runId), labelsFile);
        return writeAtomically(file, `${JSON.stringify(document, null, 2)}\n`);
      }),
  };
}

/** Two processes that start in the same millisecond get a folder each. */
async function claimFolder(wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

async function openJournal(
  folder: string,
  blocking: boolean,
  begin: (handle: FileHandle) => Promise<unknown>,
): Promise<RunJournal> {
  const lock = await lockRun(folder);
  let handle: FileHandle | null = null;
  try {
    handle = await open(path.join(folder, eventsFile), 'a');
    await begin(handle);
    return journalOf(folder, createLineWriter(handle, blocking), lock);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await lock.release();
    throw error;
  }
}

function journalOf(folder: string, lines: LineWriter, lock: RunLock): RunJournal {
  return {
    runId: path.basename(folder),
    append: (event) =>
      guard(() => {
        lock.check();
        return lines.append(`${JSON.stringify(event)}\n`);
      }),
    writeReport: (report) =>
      guard(() => {
        lock.check();
        return writeAtomically(path.join(folder, reportFile), jsonPieces(report));
      }),
    async close() {
      try {
        await lines.close();
      } finally {
        await lock.release();
      }
    },
  };
}

async function readRun(folder: string): Promise<StoredRun> {
  const text = await readFile(path.join(folder, eventsFile), 'utf8');
  const events: RunEvent[] = [];
  let brokenLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const event = parse(line);
    const isEvent = typeof event === 'object' && event !== null && 'type' in event;
    if (isEvent) events.push(event as unknown as RunEvent);
    else brokenLines++;
  }
  const [plan = null, report = null] = await Promise.all(
    [planFile, reportFile].map((name) => readJson(path.join(folder, name))),
  );
  return { runId: path.basename(folder), plan, report, events, brokenLines };
}

const readJson = async (file: string): Promise<JsonValue> =>
  parse(await readFile(file, 'utf8').catch(() => 'null'));

function labelsIn(document: unknown): readonly HumanLabel[] {
  const labels = (document as { readonly labels?: unknown } | null)?.labels;
  return Array.isArray(labels) ? labels.filter(isHumanLabel) : [];
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

const words: Readonly<Record<string, readonly [string]>> = {
  EACCES: ['no permission'],
  EPERM: ['no permission'],
  EROFS: ['the disk is read-only'],
  ENOSPC: ['the disk is full'],
  EDQUOT: ['the disk is full'],
};

async function guard<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (FileError.is(error) || RunInUse.is(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason =
      code === 'ENOENT' ? 'not-found' : code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'other';
    const why = [...(words[code] ?? []), code].join(', ');
    throw new FileError(reason, `The run's files cannot be used (${why}).`, { cause: error });
  }
}
