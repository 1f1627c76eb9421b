import * as vscode from 'vscode';
import { objectOf, isString } from '../../../protocol/guard.ts';
import { t } from '../l10n.ts';
import { presentBug } from '../presentBug.ts';
import { AbTestPanel, panelType, type PanelSurroundings } from './abTestPanel.ts';
import { OutputDocuments } from './outputDocuments.ts';
import { readReport } from './readReport.ts';
import { readRunFolderName } from './runFolderName.ts';
import { chooseReport } from './storedReports.ts';

const hasSource = objectOf<{ readonly source: string }>({ source: isString });

/** All side panels: opens them, and brings them back after a reload of the window. */
export class AbTestPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Set<AbTestPanel>();
  private readonly documents = new OutputDocuments();
  private readonly registration: vscode.Disposable;
  private readonly surroundings: PanelSurroundings;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.surroundings = {
      extensionUri,
      documents: this.documents,
      chooseAnother: (panel) => this.chooseAnother(panel),
      control: () => undefined,
      onBug: (error) => void presentBug(log, panelType, error),
    };
    this.registration = vscode.window.registerWebviewPanelSerializer(panelType, this);
  }

  /** `Promptly: Open Report…`: the one given, else one the user chooses. */
  async openReport(argument?: unknown): Promise<void> {
    const uri = argument instanceof vscode.Uri ? argument : await chooseReport();
    if (uri === undefined) return;
    const open = [...this.panels].find(({ source }) => source === uri.toString());
    const panel = open ?? this.create(t('Report'));
    panel.panel.reveal();
    await this.load(panel, uri);
  }

  /** After a reload or restart: what it showed is read again from disk. */
  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const panel = this.adopt(webviewPanel);
    if (hasSource(state)) await this.load(panel, vscode.Uri.parse(state.source));
    else {
      panel.show({
        type: 'problem-shown',
        message: t('There is nothing to show here any more.'),
        hint: t('Open a report of an earlier run.'),
      });
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.documents.dispose();
  }

  private create(title: string): AbTestPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    return this.adopt(vscode.window.createWebviewPanel(panelType, title, column));
  }

  private adopt(webviewPanel: vscode.WebviewPanel): AbTestPanel {
    const panel = new AbTestPanel(webviewPanel, this.surroundings);
    this.panels.add(panel);
    webviewPanel.iconPath = new vscode.ThemeIcon('beaker');
    webviewPanel.onDidDispose(() => this.panels.delete(panel));
    return panel;
  }

  private async chooseAnother(panel: AbTestPanel): Promise<void> {
    const uri = await chooseReport();
    if (uri !== undefined) await this.load(panel, uri);
  }

  private async load(panel: AbTestPanel, uri: vscode.Uri): Promise<void> {
    let text: string;
    try {
      text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      panel.show({
        type: 'problem-shown',
        message: t('This report cannot be read any more.'),
        hint: vscode.workspace.asRelativePath(uri),
      });
      return;
    }
    const read = readReport(text);
    if (read.status === 'problem') {
      panel.show({ type: 'problem-shown', message: read.message, hint: read.hint });
      return;
    }
    const folder = uri.path.split('/').at(-2) ?? '';
    panel.showReport(uri.toString(), read.report, readRunFolderName(folder).name);
  }
}
