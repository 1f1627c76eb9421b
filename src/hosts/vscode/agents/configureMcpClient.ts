import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { McpClientId } from '../../../core/domain/mcpClientId.ts';
import type * as McpClients from '../../../core/pipeline/mcpClients/mcpClients.ts';
import { t } from '../l10n.ts';
import { chooseFolder } from '../chooseFolder.ts';
import { mcpServerStart } from './mcpServerStart.ts';
import type { PreviewDocuments } from './previewDocuments.ts';

type Clients = typeof McpClients;
type Client = McpClients.McpClient;
type Start = McpClients.McpServerStart;

/** `Promptly: Configure MCP Client…`: copies or writes the entry that tells another program of our server. */
export async function configureMcpClient(
  context: vscode.ExtensionContext,
  previews: PreviewDocuments,
): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const clients = await import('../../../core/pipeline/mcpClients/mcpClients.ts');
  const client = await chooseClient(clients, folder);
  if (client === undefined) return;
  const start = await mcpServerStart(context, folder.fsPath);
  const file = vscode.Uri.file(fileOf(client, folder));
  const action = await chooseAction(client, file);
  if (action === 'copy') await copy(clients, client, start, file);
  if (action === 'write') await write(clients, client, start, file, previews);
}

const fileOf = (client: Client, folder: vscode.Uri): string =>
  client.file(folder.fsPath, {
    platform: process.platform,
    home: homedir(),
    environment: process.env,
  });

async function chooseClient({ mcpClients }: Clients, folder: vscode.Uri): Promise<Client | undefined> {
  const ids: readonly McpClientId[] = ['claude-desktop', 'claude-code', 'cursor', 'vscode'];
  const items = ids.map((id) => ({
    label: mcpClients[id].label,
    detail: vscode.workspace.asRelativePath(fileOf(mcpClients[id], folder)),
    client: mcpClients[id],
  }));
  const title = t('Which program shall use the prompts of this folder?');
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.client;
}

/** A program on the user's own machine cannot be reached from a remote one: there the entry can be copied only. */
async function chooseAction(client: Client, file: vscode.Uri): Promise<'copy' | 'write' | undefined> {
  const elsewhere = !client.inWorkspace && vscode.env.remoteName !== undefined;
  const write = {
    label: `$(save) ${t('Add it to {0}', vscode.workspace.asRelativePath(file))}`,
    detail: t('The change is shown first. Other servers and comments stay.'),
    action: 'write' as const,
  };
  const copy = {
    label: `$(copy) ${t('Copy the entry')}`,
    detail: elsewhere
      ? t(
          '{0} runs on your own machine, this folder is on another: the paths are those of this one.',
          client.label,
        )
      : t('Paste it into the configuration yourself.'),
    action: 'copy' as const,
  };
  const title = t('Promptly for {0}', client.label);
  const picked = await vscode.window.showQuickPick(elsewhere ? [copy] : [write, copy], { title });
  return picked?.action;
}

async function copy(clients: Clients, client: Client, start: Start, file: vscode.Uri): Promise<void> {
  await vscode.env.clipboard.writeText(clients.printMcpConfig(client, start));
  const place = vscode.workspace.asRelativePath(file);
  void vscode.window.showInformationMessage(
    t('The entry for {0} is copied. It belongs into {1}.', client.label, place),
  );
}

async function write(
  { addMcpServer }: Clients,
  client: Client,
  start: Start,
  file: vscode.Uri,
  previews: PreviewDocuments,
): Promise<void> {
  const place = vscode.workspace.asRelativePath(file);
  const before = await readIfThere(file);
  const added = addMcpServer(before ?? '', client, start);
  if (added.status === 'broken') {
    const message = t('{0}, line {1}: {2}. Nothing was changed.', place, added.line, added.message);
    await offerFile(message, file, 'error');
    return;
  }
  if (added.status === 'unchanged') {
    await offerFile(t('{0} knows Promptly already.', client.label), file, 'information');
    return;
  }
  const preview = previews.add(place.split(/[\\/]/).at(-1) ?? 'mcp.json', added.text);
  const left = before === undefined ? previews.add('new', '') : file;
  await previews.compare(left, preview, t('{0}: with Promptly', place));
  const agreed = await confirm(place, client);
  await previews.close(preview);
  if (!agreed) return;
  // What is there now, should somebody have written it meanwhile.
  const now = addMcpServer((await readIfThere(file)) ?? '', client, start);
  if (now.status === 'broken') return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(now.text));
  await offerFile(
    t('{0} finds Promptly as "{1}" when it starts next.', client.label, now.name),
    file,
    'information',
  );
}

/** A quick pick stands above the diff without covering it, and is there until it is answered. */
async function confirm(place: string, client: Client): Promise<boolean> {
  const save = {
    label: `$(check) ${t('Write {0}', place)}`,
    ...(client.inWorkspace && {
      detail: t('The file lies in the workspace; the path of the server in it is that of this machine.'),
    }),
  };
  const items = [save, { label: `$(close) ${t('Leave it as it is')}` }];
  const options = { title: t('Write this change?'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options)) === save;
}

/** Unsaved text counts: it is what the user sees. */
async function readIfThere(file: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open?.isDirty === true) await open.save();
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

async function offerFile(message: string, file: vscode.Uri, kind: 'error' | 'information'): Promise<void> {
  const open = t('Open File');
  const chosen = await (kind === 'error'
    ? vscode.window.showErrorMessage(message, open)
    : vscode.window.showInformationMessage(message, open));
  if (chosen === open) await vscode.window.showTextDocument(file);
}
