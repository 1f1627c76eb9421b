// The wiring diagram: which adapter stands behind which port. Used by all entry points.
import path from 'node:path';
import type { DirectoryEntry } from './adapters/backends/lazyDirectory.ts';
import { createLazyDirectory } from './adapters/backends/lazyDirectory.ts';
import { createCommandBackend } from './adapters/backends/command/commandBackend.ts';
import { isLoopback } from './adapters/backends/httpService.ts';
import { createScriptedBackend } from './adapters/backends/scripted/scriptedBackend.ts';
import { createGitRevisions } from './adapters/git/gitRevisions.ts';
import { createEvaluatorScriptRunner } from './adapters/node/evaluatorScriptRunner.ts';
import { nodeFileSystem } from './adapters/node/nodeFileSystem.ts';
import { createWorkspaceStores } from './adapters/node/workspaceStores.ts';
import { systemClock } from './adapters/node/systemClock.ts';
import { openThread } from './adapters/node/workerThread.ts';
import type { Comparison } from './core/domain/comparison.ts';
import type { Counted, OpenComparer } from './core/pipeline/experiments/comparer.ts';
import { createPipeline } from './core/pipeline/createPipeline.ts';
import type { Pipeline, World } from './core/pipeline/pipeline.ts';
import type { FileSystem } from './core/ports/fileSystem.ts';
import type { Log } from './core/ports/log.ts';
import type { PromptLookup } from './core/ports/promptLookup.ts';
import type { SecretReader } from './core/ports/secretReader.ts';
import type { Settings } from './core/ports/settings.ts';
import type { StatisticsQuestion } from './statisticsThread.ts';

/** What differs between the editor, the command line and MCP. */
export interface HostParts {
  /** Settings for a file; '' asks for those outside any folder, which address and start the backends. */
  readonly settings: (path: string) => Settings;
  readonly secrets: SecretReader;
  readonly log: Log;
  /** Default: the local disk. */
  readonly files?: FileSystem;
  /** The host's index of prompt files, for the steps of chains. */
  readonly prompts?: PromptLookup;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Outside the workspace: where downloads of the built-in backend live. */
  readonly storageFolder: string;
  /** Where relative paths of custom executors start; default: the current folder. */
  readonly workingFolder?: string;
  /** The workspace folder a file lies in: where its runs and recorded answers are kept. Without it nothing is kept. */
  readonly workspaceFolderOf?: (path: string) => string | undefined;
  /** The process does nothing else while it runs prompts, so small files may be read and written in its thread. */
  readonly blockingFiles?: boolean;
  /** The host's thread answers somebody: comparisons are worked out in a thread of their own. Default: no. */
  readonly statisticsThread?: boolean;
  /** Whether evaluator scripts of the workspace may run: its trust, or the user's consent. Default: no. */
  readonly mayRunPrograms?: () => boolean | Promise<boolean>;
  /** Backends only this host has (the editor's language models). */
  readonly ownBackends?: readonly DirectoryEntry[];
}

export interface Engine {
  readonly pipeline: Pipeline;
  readonly world: World;
  /** Frees the backends' processes and connections. */
  dispose(): Promise<void>;
}

export function createEngine(host: HostParts): Engine {
  const workspaces = createWorkspaceStores(host);
  const backends = createLazyDirectory(entriesOf(host));
  const world: World = {
    backends,
    settings: host.settings,
    files: host.files ?? nodeFileSystem,
    clock: systemClock,
    log: host.log,
    ...(host.prompts !== undefined && { prompts: host.prompts }),
    scripts: createEvaluatorScriptRunner({ isTrusted: host.mayRunPrograms ?? (() => false) }),
    revisions: createGitRevisions(host.environment),
    cacheFor: workspaces.cacheFor,
    runsFor: workspaces.runsFor,
    ...(host.statisticsThread === true && { openComparer: compareInThread }),
  };
  return { world, pipeline: createPipeline(world), dispose: () => backends.dispose() };
}

/** From dist/, where the bundles are. */
const compareInThread: OpenComparer = (setup) => {
  const thread = openThread(path.join(__dirname, 'statistics.js'), setup);
  const ask = (question: StatisticsQuestion): Promise<unknown> => thread.ask(question);
  return {
    // Whoever has another thread need not be spared.
    prepare: () => undefined,
    push: (unit) => ask({ push: unit }) as Promise<Counted>,
    comparison: (ended) => ask({ ended }) as Promise<Comparison | null>,
    close: () => thread.close(),
  };
};

/** Asked for with every call, and made anew only when the settings are others. */
function entriesOf(host: HostParts): () => readonly DirectoryEntry[] {
  let made: { readonly settings: Settings; readonly entries: readonly DirectoryEntry[] } | null = null;
  return () => {
    const settings = host.settings('');
    if (made?.settings !== settings) made = { settings, entries: backendEntries(host) };
    return [...(host.ownBackends ?? []), ...made.entries];
  };
}

/** Clients are loaded when a backend is first opened, each from a bundle of its own. */
function backendEntries(host: HostParts): readonly DirectoryEntry[] {
  const { ollama } = host.settings('');
  const script = host.environment['PROMPTLY_SCRIPTED'];
  return [
    {
      id: 'ollama',
      label: 'Ollama',
      local: true,
      address: ollama.url,
      configuration: JSON.stringify(ollama),
      create: async () => {
        const { createOllamaBackend } = await import('./adapters/backends/ollama/ollamaBackend.ts');
        const { url: baseUrl, model: defaultModel, keepAlive } = ollama;
        return createOllamaBackend({ baseUrl, defaultModel, keepAlive });
      },
    },
    ...hostedEntries(host),
    embeddedEntry(host),
    ...executorEntries(host),
    {
      id: 'scripted',
      label: 'Scripted (no model)',
      local: true,
      address: script ?? '',
      configuration: script ?? '',
      create: () => Promise.resolve(createScriptedBackend({ clock: systemClock, scriptText: script })),
    },
  ];
}

function embeddedEntry(host: HostParts): DirectoryEntry {
  const { builtin } = host.settings('');
  return {
    id: 'builtin',
    label: 'Embedded model',
    local: true,
    configuration: JSON.stringify(builtin),
    create: async () => {
      const { createBuiltinBackend } = await import('./adapters/backends/builtin/builtinBackend.ts');
      return createBuiltinBackend({ ...builtin, storageFolder: host.storageFolder, log: host.log });
    },
  };
}

function hostedEntries(host: HostParts): readonly DirectoryEntry[] {
  const { claude, openai } = host.settings('');
  return [
    {
      id: 'claude',
      label: 'Claude',
      local: false,
      address: claude.baseUrl,
      configuration: JSON.stringify(claude),
      create: async () => {
        const { createAnthropicBackend } = await import('./adapters/backends/anthropic/anthropicBackend.ts');
        const readKey = () => host.secrets.readKey('claude');
        return createAnthropicBackend({ baseUrl: claude.baseUrl, defaultModel: claude.model, readKey });
      },
    },
    {
      id: 'openai',
      label: 'OpenAI-compatible',
      local: isLoopback(openai.baseUrl),
      address: openai.baseUrl,
      configuration: JSON.stringify(openai),
      create: async () => {
        const { createOpenAiCompatibleBackend } =
          await import('./adapters/backends/openAiCompatible/openAiCompatibleBackend.ts');
        const readKey = () => host.secrets.readKey('openai');
        return createOpenAiCompatibleBackend({
          baseUrl: openai.baseUrl,
          defaultModel: openai.model,
          readKey,
        });
      },
    },
  ];
}

function executorEntries(host: HostParts): readonly DirectoryEntry[] {
  const { environment, workingFolder } = host;
  return Object.entries(host.settings('').executors).map(([name, executor]) => ({
    id: `custom:${name}` as const,
    label: name,
    local: true,
    address: JSON.stringify([executor.command, executor.args]),
    configuration: JSON.stringify(executor),
    create: () =>
      Promise.resolve(
        createCommandBackend({
          name,
          ...executor,
          environment,
          ...(workingFolder === undefined ? {} : { cwd: workingFolder }),
        }),
      ),
  }));
}
