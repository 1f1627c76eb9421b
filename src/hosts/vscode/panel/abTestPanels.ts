import * as vscode from 'vscode';
import type { JsonObject } from '../../../core/domain/json.ts';
import type { AdHocTest } from '../../../core/pipeline/experiments/experimentRequests.ts';
import { RunInUse } from '../../../core/ports/runStore.ts';
import { isThere } from '../isThere.ts';
import { t } from '../l10n.ts';
import { presentBug } from '../presentBug.ts';
import { isPromptFile, promptFileGlob } from '../promptFilePattern.ts';
import type { PromptIndex } from '../promptIndex.ts';
import { AbTestPanel, panelType, type PanelRequest, type PanelSurroundings } from './abTestPanel.ts';
import { RunActs } from './acts/runActs.ts';
import { AbTestSession, type SessionParts } from './abTestSession.ts';
import { OutputDocuments } from './outputDocuments.ts';
import { refuseUntrusted } from './refuseUntrusted.ts';
import { answerAsk } from './setup/answerAsk.ts';
import { readKeptPanel, type KeptSetup } from './setup/keptPanel.ts';
import {
  createDraftSetup,
  createFileSetup,
  createProposalSetup,
  type SetupSource,
} from './setup/setupSource.ts';
import { chooseReport } from './storedReports.ts';
import { StoredRunViews } from './storedRunViews.ts';

export interface PanelsParts extends SessionParts {
  readonly index: PromptIndex;
}

/** All side panels: opens them, and brings them back after a reload of the window. */
export class AbTestPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Set<AbTestPanel>();
  private readonly documents = new OutputDocuments();
  private readonly registrations: readonly vscode.Disposable[];
  private readonly parts: PanelsParts;
  private readonly sessions = new Map<AbTestPanel, AbTestSession>();
  private readonly surroundings: PanelSurroundings;
  private readonly acts: RunActs;
  private readonly storedRuns: StoredRunViews;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, parts: PanelsParts) {
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
    this.storedRuns = new StoredRunViews({
      engine: parts.engine,
      again: (panel, uri) => this.load(panel, uri),
      onBug: this.surroundings.onBug,
    });
    // Files that no editor holds change on disk alone.
    const files = vscode.workspace.createFileSystemWatcher(promptFileGlob);
    this.registrations = [
      files,
      files.onDidChange((uri) => this.fileChanged(uri)),
      files.onDidCreate((uri) => this.fileChanged(uri)),
      files.onDidDelete((uri) => this.fileChanged(uri)),
      vscode.window.registerWebviewPanelSerializer(panelType, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.fileChanged(document.uri)),
    ];
  }

  /** `Promptly: Open Report…`: the one given, else one the user chooses. */
  async openReport(argument?: unknown): Promise<void> {
    const uri = argument instanceof vscode.Uri ? argument : await chooseReport(this.parts.engine);
    if (uri === undefined) return;
    const open =
      [...this.panels].find(({ source }) => source === uri.toString()) ?? this.storedRuns.waitingFor(uri);
    const live = this.runOf(uri)?.panel;
    const panel = open ?? (live?.isClosed === false ? live : this.create(t('Report')));
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

  /** The set-up of an A/B test that has a file: shows what would run; nothing runs before Start. */
  async openTest(uri: vscode.Uri): Promise<void> {
    await this.openSetup(createFileSetup(uri, this.parts.cache));
  }

  /** The set-up of a test without a file; `uri` is where it would lie. */
  async openDraft(uri: vscode.Uri, value: JsonObject): Promise<void> {
    await this.openSetup(createDraftSetup(uri, value));
  }

  /** A test of texts that are in no file; `uri` says where they belong. */
  async openProposal(uri: vscode.Uri, test: AdHocTest): Promise<void> {
    await this.openSetup(createProposalSetup(uri, test));
  }

  private async openSetup(source: SetupSource): Promise<void> {
    if (!vscode.workspace.isTrusted) return refuseUntrusted();
    const open = source.isDraft ? undefined : this.panelOf(source.uri);
    if (open !== undefined) {
      open.panel.reveal();
      return;
    }
    await this.begin(this.create(t('A/B Test')), source).setUp();
  }

  /** The one that sets this file up or runs it. */
  private panelOf(uri: vscode.Uri): AbTestPanel | undefined {
    return [...this.sessions].find(
      ([panel, session]) =>
        session.uri.toString() === uri.toString() &&
        this.panels.has(panel) &&
        (session.isRunning || panel.isSettingUp),
    )?.[0];
  }

  private begin(panel: AbTestPanel, subject: SetupSource | vscode.Uri): AbTestSession {
    for (const [other, { isRunning }] of this.sessions) {
      if (other.isClosed && !isRunning) this.sessions.delete(other);
    }
    this.sessions.get(panel)?.dispose();
    const session = new AbTestSession(panel, this.parts, subject, this.surroundings.onBug);
    this.sessions.set(panel, session);
    return session;
  }

  /** After a reload or restart: what it showed is read again from disk. */
  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const panel = this.adopt(webviewPanel);
    const { source, setup } = readKeptPanel(state);
    const session = setup === null ? null : this.begin(panel, this.toSource(setup));
    if (source !== '') await this.load(panel, vscode.Uri.parse(source));
    else if (session !== null) await session.setUp();
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
    for (const session of this.sessions.values()) session.dispose();
    this.storedRuns.dispose();
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
      const session = this.sessions.get(panel);
      session?.dispose();
      if (session?.isRunning === false) this.sessions.delete(panel);
    });
    return panel;
  }

  private async answer(panel: AbTestPanel, request: PanelRequest): Promise<void> {
    const session = this.sessions.get(panel);
    switch (request.type) {
      case 'open-requested': {
        const uri = await chooseReport(this.parts.engine);
        if (uri !== undefined) await this.load(panel, uri);
        return;
      }
      case 'start-requested':
        return session?.start();
      case 'file-requested':
        return session?.openFile(request.line, request.column);
      case 'setup-edited':
        return session?.form?.edit(request.serial, request.edits);
      case 'setup-asked':
        return this.ask(session, request);
      case 'setup-requested':
        return this.backToSetup(panel);
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
    const session = this.sessions.get(panel) ?? this.begin(panel, uri);
    try {
      await session.resume(uri.path.split('/').at(-2) ?? '');
    } catch (error) {
      if (!RunInUse.is(error)) throw error;
      void vscode.window.showWarningMessage(
        t(
          'This run is still going on, in another window or on the command line. Stop it there, or wait for its end.',
        ),
      );
      await this.load(panel, uri);
    }
  }

  private async ask(
    session: AbTestSession | undefined,
    { ask, at }: Extract<PanelRequest, { type: 'setup-asked' }>,
  ): Promise<void> {
    if (session === undefined || session.form === null) return;
    if (ask === 'save') await session.save();
    else await answerAsk(this.parts, session.form, ask, at ?? 0);
  }

  /** From a report to the form it came from; of a stored run, to its file. */
  private async backToSetup(panel: AbTestPanel): Promise<void> {
    const session = this.sessions.get(panel);
    if (session !== undefined && session.form !== null) return session.setUp();
    if (panel.source === undefined) return;
    const stored = vscode.Uri.parse(panel.source);
    const { experiments } = (await this.parts.engine.get()).pipeline;
    const { plan } = await experiments.open(stored.fsPath, stored.path.split('/').at(-2) ?? '');
    const uri = vscode.Uri.file(plan.path);
    const isTest = this.parts.index.get(uri)?.header.kind === 'abtest';
    if (isTest && (await isThere(uri))) return this.openTest(uri);
    const message = t('This run was set up without a file, and its set-up is not there any more.');
    void vscode.window.showInformationMessage(message);
  }

  private toSource({ source, draft }: KeptSetup): SetupSource {
    const uri = vscode.Uri.parse(source);
    return draft === null ? createFileSetup(uri, this.parts.cache) : createDraftSetup(uri, draft);
  }

  /** What the files say now is what will run. */
  private fileChanged(uri: vscode.Uri): void {
    if (!isPromptFile(uri)) return;
    for (const [panel, session] of this.sessions) {
      if (panel.isSettingUp && !session.isRunning) session.form?.fileChanged(uri);
    }
  }

  /** A run of this window; its panel may have been closed. */
  private runOf(uri: vscode.Uri): { panel: AbTestPanel; session: AbTestSession } | undefined {
    const found = [...this.sessions].find(([, session]) => session.runSource === uri.toString());
    return found === undefined ? undefined : { panel: found[0], session: found[1] };
  }

  private async load(panel: AbTestPanel, uri: vscode.Uri): Promise<void> {
    const own = this.runOf(uri);
    if (own === undefined) return this.storedRuns.show(panel, uri);
    this.storedRuns.leave(panel);
    this.showLive(own, panel);
  }

  /** Where it goes on; in `panel` when the one it began in was closed. */
  private showLive(own: { panel: AbTestPanel; session: AbTestSession }, panel: AbTestPanel): void {
    if (own.panel.isClosed) {
      this.sessions.delete(own.panel);
      this.sessions.get(panel)?.dispose();
      this.sessions.set(panel, own.session);
      own.session.moveTo(panel);
    } else own.panel.panel.reveal();
  }
}
