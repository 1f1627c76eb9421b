import { pathToFileURL } from 'node:url';

export interface WorkbenchOptions {
  /** Absolute path of the folder to open, or of a `.code-workspace` file. */
  readonly workspace: string;
  /** An extension to load from its sources' folder instead of from an installed package. */
  readonly extensionDevelopmentPath?: string;
  /** A module to run inside the extension host; it exports `run()`. */
  readonly extensionTestsPath?: string;
}

/** Paths of `vscode-remote:` addresses are those of file addresses. */
const urlPath = (file: string) => pathToFileURL(file).pathname;

/** The address of the workbench on a server. The test settings are honoured only by a server with its test driver on. */
export function workbenchUrl(authority: string, options: WorkbenchOptions): string {
  const url = new URL(`http://${authority}/`);
  const kind = options.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  url.searchParams.set(kind, decodeURIComponent(urlPath(options.workspace)));
  const payload: [string, string][] = [];
  for (const name of ['extensionDevelopmentPath', 'extensionTestsPath'] as const) {
    const file = options[name];
    if (file !== undefined) payload.push([name, `vscode-remote://${authority}${urlPath(file)}`]);
  }
  if (payload.length > 0) {
    payload.push(['skipWelcome', 'true']);
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  return url.href;
}
