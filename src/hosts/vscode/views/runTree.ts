import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import { shownModel } from '../shownModel.ts';
import { markdownOf } from './markdownOf.ts';
import {
  canResume,
  isExperiment,
  runIcon,
  runTime,
  runWords,
  type RunListNode,
  type RunNode,
} from './runNodes.ts';
import type { Tree } from './tree.ts';

/** Recent ones; all that have a report are offered by `Promptly: Open Report…`. */
const shownRuns = 50;
/** What longer ones found is read when they are opened. */
const reportLimitBytes = 512 * 1024;
const settleMs = 250;
/** What a new folder holds is written after it is made, and the watcher may not be in it yet. */
const filledMs = 2_000;
const lookAgainMs = 10_000;
/** For what the watcher does not tell: it loses events, leaves out folders, and is blind on some drives. */
const lookForNewMs = 3_000;

const kindWords: Record<string, () => string> = {
  prompt: () => t('Prompt'),
  skill: () => t('Skill'),
  chain: () => t('Chain'),
  abtest: () => t('A/B test'),
  test: () => t('Tests'),
};

/** The workspace's stored runs, newest first, of whichever program wrote them. */
export class RunTree implements Tree {
  private readonly engine: EngineHolder;
  private readonly registry: RunRegistry;
  private readonly changed = new vscode.EventEmitter<RunListNode | undefined>();
  private readonly disposables: { dispose(): unknown }[];
  private watchers: vscode.Disposable[] = [];
  private settleTimer: NodeJS.Timeout | undefined;
  private dueMs = 0;
  private hasNew = false;
  private newTimer: NodeJS.Timeout | undefined;
  /** When the folder of runs of each workspace folder last got or lost one. */
  private readonly seen = new Map<string, number>();
  readonly onDidChange = this.changed.event;

  constructor({ engine, registry }: { readonly engine: EngineHolder; readonly registry: RunRegistry }) {
    this.engine = engine;
    this.registry = registry;
    this.watch();
    this.disposables = [
      this.changed,
      registry.onDidChange(() => this.refreshSoon()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.watch();
        this.refreshSoon();
      }),
    ];
  }

  async children(node?: RunListNode): Promise<readonly RunListNode[]> {
    if (node !== undefined) return [];
    const folders = localFolders();
    if (this.newTimer === undefined) {
      this.newTimer = setInterval(() => void this.lookForNew(), lookForNewMs);
      await this.lookForNew();
    }
    const lists = await Promise.all(folders.map((folder) => this.runsOf(folder, folders.length > 1)));
    const all = lists.flat().sort((a, b) => (a.run.id < b.run.id ? 1 : -1));
    // A process that is killed tells nobody.
    if (all.some(({ run, isOwn }) => run.isRunning && !isOwn)) this.refreshSoon(lookAgainMs);
    // A workspace of the past year would make a long list nobody reads.
    return all.length > shownRuns ? [...all.slice(0, shownRuns), { type: 'older' }] : all;
  }

  item(node: RunListNode): vscode.TreeItem {
    return node.type === 'run' ? runItem(node) : olderItem();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.settleTimer);
    clearInterval(this.newTimer);
    for (const disposable of [...this.watchers, ...this.disposables]) disposable.dispose();
  }

  private async runsOf(folder: vscode.WorkspaceFolder, isOneOfSeveral: boolean): Promise<RunNode[]> {
    const { experiments } = (await this.engine.get()).pipeline;
    // One more than is shown tells that there are older ones.
    const runs = await experiments.list(folder.uri.fsPath, { limit: shownRuns + 1, reportLimitBytes });
    const active = this.registry.active();
    return runs.map((run) => {
      const place = vscode.Uri.joinPath(folder.uri, '.promptly', 'runs', run.id);
      return {
        type: 'run',
        run,
        folder: place,
        uri: vscode.Uri.joinPath(place, 'report.json'),
        isOwn: run.isRunning && active.some(({ uri, name }) => name === run.name && uri.fsPath === run.path),
        workspace: isOneOfSeveral ? folder.name : '',
      };
    });
  }

  /**
   * A run makes its folder and its plan, and writes its report at the end; a folder that goes is one event. While some
   * process is at it there is a lock, which changes all the time.
   */
  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    const runs = '.promptly/runs';
    // Of folders that are made one in the other, the watcher may tell the outermost alone. Braces do not nest.
    const made = `{.promptly,${runs},${runs}/*,${runs}/*/plan.json,${runs}/*/report.json}`;
    const patterns = [made, `${runs}/*/running.lock`];
    const places = (vscode.workspace.workspaceFolders ?? []).flatMap((folder) =>
      patterns.map((pattern) => new vscode.RelativePattern(folder, pattern)),
    );
    this.watchers = places.map((place) => {
      const isLock = place.pattern.endsWith('.lock');
      const watcher = vscode.workspace.createFileSystemWatcher(place, false, isLock, false);
      watcher.onDidCreate(() => {
        this.hasNew = true;
        this.refreshSoon();
      });
      watcher.onDidChange(() => this.refreshSoon());
      watcher.onDidDelete(() => this.refreshSoon());
      return watcher;
    });
  }

  private async lookForNew(): Promise<void> {
    for (const { uri } of localFolders()) {
      const runs = vscode.Uri.joinPath(uri, '.promptly', 'runs');
      const changedMs = await changeOf(runs);
      const before = this.seen.get(uri.fsPath);
      this.seen.set(uri.fsPath, changedMs);
      if (before === undefined || before === changedMs) continue;
      this.hasNew = true;
      this.refreshSoon();
    }
  }

  private refreshSoon(afterMs = settleMs): void {
    const dueMs = performance.now() + afterMs;
    if (this.settleTimer !== undefined && this.dueMs <= dueMs) return;
    clearTimeout(this.settleTimer);
    this.dueMs = dueMs;
    this.settleTimer = setTimeout(() => {
      this.settleTimer = undefined;
      this.refresh();
      if (this.hasNew) this.refreshSoon(filledMs);
      this.hasNew = false;
    }, afterMs);
  }
}

const localFolders = (): vscode.WorkspaceFolder[] =>
  (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');

/** 0 where there is no such folder. */
const changeOf = async (folder: vscode.Uri): Promise<number> => {
  try {
    return (await vscode.workspace.fs.stat(folder)).mtime;
  } catch {
    return 0;
  }
};

function runItem(node: RunNode): vscode.TreeItem {
  const { run, folder, uri, isOwn, workspace } = node;
  const words = runWords(run);
  const time = runTime(run.startedAt, new Date(), vscode.env.language);
  const kind = (kindWords[run.kind] ?? kindWords['prompt'])?.() ?? '';
  const item = new vscode.TreeItem(run.name, vscode.TreeItemCollapsibleState.None);
  item.id = folder.toString();
  // What an experiment found is its news; of other runs it is when they were.
  const told = isExperiment(run) ? [words, time] : [time, words];
  item.description = [...told, workspace].filter(Boolean).join(' · ');
  const { icon, color } = runIcon(run);
  item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  const place = vscode.workspace.asRelativePath(folder);
  item.tooltip = markdownOf([
    { bold: run.name },
    [kind, time, run.model === null ? words : `${words} (${shownModel(run.model)})`]
      .filter(Boolean)
      .join(' · '),
    ...(run.sentence === null ? [] : [run.sentence]),
    { code: place },
  ]);
  item.contextValue = [
    'promptly.run',
    isExperiment(run) ? 'report' : 'output',
    ...(canResume(run) ? ['resume'] : []),
    ...(run.isRunning ? ['running'] : []),
    ...(isOwn ? ['own'] : []),
  ].join(';');
  item.command = isExperiment(run)
    ? { command: commandIds.openReport, title: t('Open Report'), arguments: [uri] }
    : { command: commandIds.openRunOutput, title: t('Open Output'), arguments: [node] };
  item.accessibilityInformation = { label: [run.name, kind, words, time].filter(Boolean).join(', ') };
  return item;
}

function olderItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Older runs…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'older';
  item.iconPath = new vscode.ThemeIcon('history');
  item.tooltip = t('All reports of the workspace');
  item.contextValue = 'promptly.olderRuns';
  item.command = { command: commandIds.openReport, title: t('Open Report') };
  return item;
}
