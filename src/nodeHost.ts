// What the command line and the MCP server share: a workspace folder on a disk, settings without an editor.
import path from 'node:path';
import { createGitRevisions } from './adapters/git/gitRevisions.ts';
import { createEnvironmentSecrets } from './adapters/node/environmentSecrets.ts';
import { findPromptFiles } from './adapters/node/findPromptFiles.ts';
import { createFolderLookup } from './adapters/node/folderLookup.ts';
import { keepCompiled } from './adapters/node/keepCompiled.ts';
import { nodeFileSystem } from './adapters/node/nodeFileSystem.ts';
import { readSkillTemplates, type SkillTemplate } from './adapters/node/skillTemplates.ts';
import { readSettings, type SettingsReading } from './adapters/node/settings/readSettings.ts';
import { storageFolderOf } from './adapters/node/storageFolder.ts';
import { writeWorkspaceFile } from './adapters/node/writeWorkspaceFile.ts';
import type { Engine } from './composition.ts';
import type { FileHeader, ParsedFile } from './core/domain/parsedFile.ts';
import type { FileDiagnostic } from './core/domain/runPlan.ts';
import type { FileSystem } from './core/ports/fileSystem.ts';
import type { Log } from './core/ports/log.ts';
import type { PromptLookup } from './core/ports/promptLookup.ts';
import type { Revision } from './core/ports/revisions.ts';
import type { Settings } from './core/ports/settings.ts';

const readLimitBytes = 1024 * 1024;

export interface NodeHostOptions {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What flags say; they beat everything. */
  readonly override: (settings: Settings) => Settings;
  readonly log: Log;
  /** The process runs one command and ends; see `HostParts`. */
  readonly blockingFiles?: boolean;
}

export interface ListedPrompt extends FileHeader {
  /** Absolute. */
  readonly path: string;
}

/** A workspace as a program without an editor sees it. */
export interface NodeHost {
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly reading: SettingsReading;
  readonly engine: Engine;
  readonly prompts: Required<PromptLookup>;
  /** Every prompt file below the folder, from its header alone. Reads the disk anew each time. */
  list(): Promise<readonly ListedPrompt[]>;
  /** Throws `FileError` when there is no such file. `files`: where to read it, default the disk. */
  parse(file: string, files?: Pick<FileSystem, 'readText'>): Promise<ParsedFile>;
  /** The folder at any git revision. Throws `RevisionError`. */
  openRevision(ref: string): Promise<Revision>;
  /** Writes a file of the folder, making its folders. Throws `WriteRefused` for one outside it, links resolved. */
  write(file: string, content: string | Uint8Array): Promise<void>;
  /** What is wrong in the folder's prompt files, each alone and together. */
  check(): Promise<readonly FileDiagnostic[]>;
  /** The user agreed to the workspace's evaluator scripts. */
  allowPrograms(): void;
  /** The skills that come with the product. */
  templates(): Promise<readonly SkillTemplate[]>;
  dispose(): Promise<void>;
}

export async function openNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const { environment, log } = options;
  keepCompiled();
  const [folder, { createEngine }, language] = await Promise.all([
    nodeFileSystem.realPath(options.folder),
    import('./composition.ts'),
    import('./core/pipeline/language.ts'),
  ]);
  const reading = await readSettings(folder, environment);
  const settings = options.override(reading.settings);
  const parse: NodeHost['parse'] = (file, files = nodeFileSystem) => language.readPromptFile(file, files);
  const list = async (): Promise<readonly ListedPrompt[]> => {
    const files = await findPromptFiles(folder);
    return language.mapBounded(files, async (file) => ({
      path: file,
      ...language.scanHeader(await readOrEmpty(file), file),
    }));
  };
  const prompts = createFolderLookup({ folder, list, parse });
  let programsAllowed = false;
  const engine = createEngine({
    settings: () => settings,
    secrets: createEnvironmentSecrets(environment),
    log,
    environment,
    storageFolder: storageFolderOf(environment),
    workingFolder: folder,
    workspaceFolderOf: () => folder,
    blockingFiles: options.blockingFiles ?? false,
    mayRunPrograms: () => programsAllowed,
    prompts,
  });
  return {
    folder,
    reading: { ...reading, settings },
    engine,
    prompts,
    parse,
    list,
    check: async () =>
      language.checkPromptFiles(await findPromptFiles(folder), {
        files: nodeFileSystem,
        workspaceFolder: folder,
        skillFileLimitBytes: settings.skillFileLimitBytes,
        shownPath: (file) => path.relative(folder, file).replaceAll(path.sep, '/'),
      }),
    openRevision: (ref) => createGitRevisions(environment).open(folder, ref),
    write: (file, content) => writeWorkspaceFile(folder, file, content),
    allowPrograms: () => {
      programsAllowed = true;
    },
    // From dist/, where the bundles are.
    templates: () => readSkillTemplates(path.join(__dirname, '..', 'media', 'skill-templates')),
    dispose: () => engine.dispose(),
  };
}

/** Too long or unreadable files keep the name of their path; checking or running them says what is wrong. */
const readOrEmpty = (file: string): Promise<string> =>
  nodeFileSystem.readText(file, { maxBytes: readLimitBytes }).catch(() => '');
