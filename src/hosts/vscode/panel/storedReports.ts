import * as vscode from 'vscode';
import type { RunListing } from '../../../core/pipeline/experiments/listRuns.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { isThere } from '../isThere.ts';
import { t } from '../l10n.ts';
import { isUnfinished, verdictWords } from './acts/toRunFacts.ts';
import { runTime } from '../views/runNodes.ts';
import { readRunFolderName } from './runFolderName.ts';

interface StoredReport {
  readonly uri: vscode.Uri;
  /** The run's folder: its time, then its name. */
  readonly folder: string;
  readonly workspace: string;
  /** What it found. */
  readonly words: string;
}

/** Listings tell what a run found; a longer report would take a while to read for a line in a list. */
const reportLimitBytes = 4_000_000;
const listedRuns = 200;

/** Runs in the workspace's run folders, newest first: those with a report, and tests that did not come to one. */
async function storedReports(engine: EngineHolder): Promise<readonly StoredReport[]> {
  const found = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async ({ uri, name }) => {
      const runs = vscode.Uri.joinPath(uri, '.promptly', 'runs');
      const entries = await vscode.workspace.fs.readDirectory(runs).then(
        (list) => list,
        // No run yet.
        () => [],
      );
      const listed = await listingsOf(engine, uri);
      const folders = entries.filter(([, type]) => (type & vscode.FileType.Directory) !== 0);
      return Promise.all(
        folders.map(async ([folder]): Promise<readonly StoredReport[]> => {
          const report = vscode.Uri.joinPath(runs, folder, 'report.json');
          const listing = listed.get(folder);
          const isTest = listing?.kind === 'abtest' || listing?.kind === 'test';
          if (!isTest && !(await isThere(report))) return [];
          const words = listing === undefined ? '' : wordsOf(listing);
          return [{ uri: report, folder, workspace: name, words }];
        }),
      );
    }),
  );
  return found.flat(2).sort((a, b) => (a.folder < b.folder ? 1 : -1));
}

async function listingsOf(
  engine: EngineHolder,
  folder: vscode.Uri,
): Promise<ReadonlyMap<string, RunListing>> {
  if (folder.scheme !== 'file') return new Map();
  const { experiments } = (await engine.get()).pipeline;
  // Any file of the folder says whose runs are meant.
  const path = vscode.Uri.joinPath(folder, '.promptly').fsPath;
  const listings = await experiments.list(path, { limit: listedRuns, reportLimitBytes });
  return new Map(listings.map((listing) => [listing.id, listing]));
}

function wordsOf({ kind, state, isRunning, outcome, winner, summary }: RunListing): string {
  if (isRunning) return t('running');
  if (isUnfinished({ state, isRunning }))
    return state === null ? t('not finished') : t('stopped before the end');
  if (kind === 'test') {
    return summary === null
      ? ''
      : t('{0} passed, {1} did not', summary.passed, summary.failed + summary.errors);
  }
  return outcome === null ? '' : verdictWords({ state, isRunning, outcome, leader: winner });
}

/** Lets the user choose a stored run, or any report file. undefined: dismissed. */
export async function chooseReport(engine: EngineHolder): Promise<vscode.Uri | undefined> {
  const stored = await storedReports(engine);
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const browse = {
    label: `$(folder-opened) ${t('Browse…')}`,
    description: t('A report.json from elsewhere'),
  };
  const items = stored.map(({ uri, folder, workspace, words }) => {
    const { name, startedAt } = readRunFolderName(folder);
    const time = runTime(startedAt, new Date(), vscode.env.language);
    const description = [words, time, several ? workspace : ''].filter(Boolean).join(' · ');
    return { label: name, description, uri };
  });
  const options = { title: t('Open which report?'), matchOnDescription: true };
  const chosen = await vscode.window.showQuickPick([...items, browse], options);
  if (chosen === undefined) return undefined;
  return 'uri' in chosen ? (chosen.uri as vscode.Uri) : browseForReport();
}

async function browseForReport(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Open a report'),
      filters: { [t('Reports')]: ['json'] },
    })) ?? [];
  return chosen;
}
