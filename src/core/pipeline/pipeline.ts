import type { BackendId } from '../domain/backendId.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { Planned, RunPlan } from '../domain/runPlan.ts';
import type { BackendDirectory } from '../ports/backendDirectory.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/fileSystem.ts';
import type { Log } from '../ports/log.ts';
import type { PromptLookup } from '../ports/promptLookup.ts';
import type { Settings } from '../ports/settings.ts';

/** What the core is given of the world; `composition.ts` fills it, tests fill it with their own. */
export interface World {
  readonly backends: BackendDirectory;
  /** Read anew for every run, per resource: a folder may have settings of its own. */
  readonly settings: (path: string) => Settings;
  readonly files: FileSystem;
  /** Finds the steps of chains; without it a chain has none. */
  readonly prompts?: PromptLookup;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunRequest {
  readonly file: ParsedFile;
  /** The workspace folder that `file.path` lies in: nothing outside it is read. */
  readonly workspaceFolder: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** The user's choice for this run; beats the file's. */
  readonly choice?: { readonly backend?: BackendId; readonly model?: string };
}

/** The engine as every host sees it. */
export interface Pipeline {
  /** Routes, renders and checks everything; calls no model. Throws only when `signal` aborts. */
  plan(request: RunRequest, signal: AbortSignal): Promise<Planned>;
  /** Runs a plan. Never throws: failures and cancellation are events, and the last event is always `run-finished`. */
  execute(plan: RunPlan, signal: AbortSignal): AsyncIterable<RunEvent>;
}
