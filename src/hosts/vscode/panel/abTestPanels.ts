import * as vscode from 'vscode';
import { objectOf, isString } from '../../../protocol/guard.ts';
import { t } from '../l10n.ts';
import { presentBug } from '../presentBug.ts';
import { AbTestPanel, panelType, type PanelRequest, type PanelSurroundings } from './abTestPanel.ts';
import { RunActs, reportFromJournal } from './acts/runActs.ts';
import { AbTestSession, type SessionParts, type SessionSubject } from './abTestSession.ts';
import { OutputDocuments } from './outputDocuments.ts';
import { readReport, type ReadReport } from './readReport.ts';
import { refuseUntrusted } from './refuseUntrusted.ts';
import { readRunFolderName } from './runFolderName.ts';
import { chooseReport } from './storedReports.ts';

const replanAfterMs = 400;
const hasSource = objectOf<{ readonly source: string }>({ source: isString });

/** All side panels: opens them, and brings them back after a reload of the window. */
export class AbTestPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Set<AbTestPanel>();
  private readonly documents = new OutputDocuments();
  private readonly registrations: readonly vscode.Disposable[];
  private readonly parts: SessionParts;
  private readonly sessions = new Map<AbTestPanel, AbTestSession>();
  private readonly replanTimers = new Map<AbTestSession, NodeJS.Timeout>();
  private readonly surroundings: PanelSurroundings;
  private readonly acts: RunActs;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, parts: SessionParts) {
    this.parts = parts;
    this.acts = new RunActs({
      engine: parts.engine,
      documents: this.documents,
      open: (panel, uri) => this.load(panel, uri),
    });
    this.surroundings = {
      extensionUri,
      documents: this.documents,
      answer: (panel, request) => this.answer(panel, request),
      act: (panel, act) => this.acts.answer(panel, act),
      onReport: (panel) => this.acts.tellFacts(panel),
      onBug: (error) => void presentBug(log, panelType, error),
    };
    this.registrations = [
      vscode.window.registerWebviewPanelSerializer(panelType, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.replan(document.uri)),
    ];
  }

  /** `Promptly: Open Report…`: the one given, else one the user chooses. */
  async openReport(argument?: unknown): Promise<void> {
    const uri = argument instanceof vscode.Uri ? argument : await this.chooseReport();
    if (uri === undefined) return;
    const running = this.panelOfRun(uri);
    if (running !== undefined) {
      running.panel.reveal();
      return;
    }
    const open = [...this.panels].find(({ source }) => source === uri.toString());
    const panel = open ?? this.create(t('Report'));
    panel.panel.reveal();
    await this.load(panel, uri);
  }

  /** Shows a stored A/B test and goes on with it; `folder` is the run's. */
  async resumeRun(folder: vscode.Uri): Promise<void> {
    if (!vscode.workspace.isTrusted) return refuseUntrusted();
    const report = vscode.Uri.joinPath(folder, 'report.json');
    await this.openReport(report);
    const panel = [...this.panels].find(({ source }) => source === report.toString());
    if (panel !== undefined) await this.resume(panel);
  }

  /** An A/B test, or a prompt against its version at `base`: shows what would run; nothing runs before Start. */
  async openTest(subject: SessionSubject): Promise<void> {
    if (!vscode.workspace.isTrusted) return refuseUntrusted();
    const running = [...this.sessions].find(
      ([, session]) => session.isRunning && session.uri.toString() === subject.uri.toString(),
    );
    if (running !== undefined) {
      running[0].panel.reveal();
      return;
    }
    const panel = this.create(t('A/B Test'));
    const session = new AbTestSession(panel, this.parts, subject);
    this.sessions.set(panel, session);
    await session.plan();
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
    for (const registration of this.registrations) registration.dispose();
    for (const timer of this.replanTimers.values()) clearTimeout(timer);
    this.documents.dispose();
  }

  private create(title: string): AbTestPanel {
    // Beside the file, and beside no other panel: they share a column.
    const other = [...this.panels].find(({ isVisible }) => isVisible)?.panel.viewColumn;
    const viewColumn = other ?? vscode.ViewColumn.Beside;
    const place = { viewColumn, preserveFocus: false };
    return this.adopt(vscode.window.createWebviewPanel(panelType, title, place));
  }

  private adopt(webviewPanel: vscode.WebviewPanel): AbTestPanel {
    const panel = new AbTestPanel(webviewPanel, this.surroundings);
    this.panels.add(panel);
    webviewPanel.iconPath = new vscode.ThemeIcon('beaker');
    webviewPanel.onDidDispose(() => {
      this.panels.delete(panel);
      // A run goes on: the status bar shows it and can stop it.
      if (this.sessions.get(panel)?.isRunning === false) this.sessions.delete(panel);
    });
    return panel;
  }

  private async answer(panel: AbTestPanel, request: PanelRequest): Promise<void> {
    const session = this.sessions.get(panel);
    switch (request.type) {
      case 'open-requested': {
        const uri = await this.chooseReport();
        if (uri !== undefined) await this.load(panel, uri);
        return;
      }
      case 'start-requested':
        return session?.start();
      case 'file-requested':
        return session?.openFile();
      case 'run-control-requested':
        session?.control(request.action);
        return;
      case 'resume-requested':
        return this.resume(panel);
    }
  }

  /** The run's folder says which one; any file of its workspace folder says where. */
  private async resume(panel: AbTestPanel): Promise<void> {
    if (panel.source === undefined) return;
    const uri = vscode.Uri.parse(panel.source);
    const session = this.sessions.get(panel) ?? new AbTestSession(panel, this.parts, { uri });
    this.sessions.set(panel, session);
    await session.resume(uri.path.split('/').at(-2) ?? '');
  }

  /** What the file says now is what will run; not at every key, though. */
  private replan(uri: vscode.Uri): void {
    for (const [panel, session] of this.sessions) {
      if (session.uri.toString() !== uri.toString() || session.isRunning || panel.source !== undefined)
        continue;
      clearTimeout(this.replanTimers.get(session));
      const timer = setTimeout(() => void session.plan().catch(this.surroundings.onBug), replanAfterMs);
      this.replanTimers.set(session, timer);
    }
  }

  private chooseReport(): Promise<vscode.Uri | undefined> {
    return chooseReport(this.parts.engine);
  }

  /** The panel that a run goes on in. */
  private panelOfRun(uri: vscode.Uri): AbTestPanel | undefined {
    const found = [...this.sessions].find(([, session]) => session.runSource === uri.toString());
    return found?.[0].isClosed === false ? found[0] : undefined;
  }

  /** A report, or what the journal holds of a run that was killed before it had one. */
  private async read(uri: vscode.Uri): Promise<ReadReport> {
    const bytes = await vscode.workspace.fs.readFile(uri).then(
      (content) => content,
      () => null,
    );
    if (bytes !== null) return readReport(new TextDecoder().decode(bytes));
    const stored = await reportFromJournal(this.parts.engine, uri);
    if (stored !== null) return { status: 'ready', report: stored.report };
    const hint = vscode.workspace.asRelativePath(uri);
    return { status: 'problem', message: t('This report cannot be read any more.'), hint };
  }

  private async load(panel: AbTestPanel, uri: vscode.Uri): Promise<void> {
    const running = this.panelOfRun(uri);
    if (running !== undefined && running !== panel) {
      running.panel.reveal();
      return;
    }
    const read = await this.read(uri);
    if (read.status === 'problem') {
      panel.show({ type: 'problem-shown', message: read.message, hint: read.hint });
      return;
    }
    const folder = uri.path.split('/').at(-2) ?? '';
    panel.showReport(uri.toString(), read.report, readRunFolderName(folder).name);
  }
}
