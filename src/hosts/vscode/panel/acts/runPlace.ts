import * as vscode from 'vscode';

/** A stored run, by the address of its report. */
export interface RunPlace {
  /** Of the report. */
  readonly uri: vscode.Uri;
  readonly runId: string;
  /** A path in the workspace, to say whose runs are meant. */
  readonly path: string;
}

/** undefined for a report that lies anywhere else than in a run of this workspace. */
export function runPlaceOf(source: string | undefined): RunPlace | undefined {
  if (source === undefined || source === '') return undefined;
  const uri = vscode.Uri.parse(source);
  const [runs, runId, file] = uri.path.split('/').slice(-3);
  if (uri.scheme !== 'file' || runs !== 'runs' || file !== 'report.json' || runId === undefined)
    return undefined;
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return undefined;
  return { uri, runId, path: uri.fsPath };
}

/** The address of another run beside it. */
export const besides = ({ uri }: RunPlace, runId: string): vscode.Uri =>
  vscode.Uri.joinPath(uri, '..', '..', runId, 'report.json');
