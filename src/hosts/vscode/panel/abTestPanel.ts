import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Report, ReportedResult } from '../../../core/domain/report.ts';
import type { HostMessage } from '../../../protocol/hostMessage.ts';
import { isAct, type ActMessage } from '../../../protocol/panelActs.ts';
import { isWebviewMessage, type WebviewMessage } from '../../../protocol/webviewMessage.ts';
import { t } from '../l10n.ts';
import { copyAsMarkdown, exportReport } from './exportReport.ts';
import type { OutputDocuments } from './outputDocuments.ts';
import { panelHtml } from './panelHtml.ts';
import { findCase, toCaseDetail } from './toCaseDetail.ts';
import { toPanelReport } from './toPanelReport.ts';

export const panelType = 'promptly.abTest';

/** What a panel cannot answer from the report it shows. */
export type PanelRequest = Extract<
  WebviewMessage,
  {
    type:
      | 'open-requested'
      | 'start-requested'
      | 'file-requested'
      | 'resume-requested'
      | 'run-control-requested'
      | 'setup-edited'
      | 'setup-asked'
      | 'setup-requested';
  }
>;

/** Messages that add to what is shown. */
type Beside = Extract<HostMessage, { type: 'facts-shown' | 'run-comparison-shown' }>;

/** What a panel asks of its surroundings. */
export interface PanelSurroundings {
  readonly extensionUri: vscode.Uri;
  readonly documents: OutputDocuments;
  readonly answer: (panel: AbTestPanel, request: PanelRequest) => Promise<void>;
  /** What a reader does with the stored run on show. */
  readonly act: (panel: AbTestPanel, act: ActMessage) => Promise<void>;
  /** A stored run is on show, maybe a newer report of the one before. */
  readonly onReport: (panel: AbTestPanel) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** One side panel. It owns what is shown: the page may be destroyed and built anew at any time and asks again. */
export class AbTestPanel {
  readonly panel: vscode.WebviewPanel;
  private readonly surroundings: PanelSurroundings;
  private current: HostMessage | undefined;
  private stored: { readonly report: Report; readonly name: string } | undefined;
  /** What was told about it besides, the newest of each kind. */
  private readonly beside = new Map<string, HostMessage>();
  private ready = false;
  isClosed = false;
  private settingUp = false;

  constructor(panel: vscode.WebviewPanel, surroundings: PanelSurroundings) {
    this.panel = panel;
    this.surroundings = surroundings;
    const folder = vscode.Uri.joinPath(surroundings.extensionUri, 'dist', 'webview');
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.onDidDispose(() => {
      this.isClosed = true;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    panel.webview.html = panelHtml({
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'abTestPanel.js')).toString(),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      title: 'Promptly',
    });
  }

  /** What is shown now, to find a panel that shows it already. */
  get source(): string | undefined {
    return this.current?.type === 'report-shown' ? this.current.source : undefined;
  }

  /** The message on show, or that will be when the page is there. */
  get shown(): HostMessage | undefined {
    return this.current;
  }

  /** The report on show. */
  get report(): Report | undefined {
    return this.stored?.report;
  }

  /** A form is on show, or about to be. */
  get isSettingUp(): boolean {
    return this.settingUp;
  }

  /** What was shown before gives way to a form. */
  beginSetup(): void {
    this.settingUp = true;
  }

  /** Somebody can see it. */
  get isVisible(): boolean {
    return !this.isClosed && this.panel.visible;
  }

  /** `isRunning`: some other process is at it. */
  showReport(source: string, report: Report, name: string, isRunning = false): void {
    this.stored = { report, name };
    const shown = toPanelReport(report, name, isRunning);
    if (!this.isClosed) this.panel.title = t('Report: {0}', shown.title);
    this.show({ type: 'report-shown', source, report: shown });
    this.surroundings.onReport(this).catch(this.surroundings.onBug);
  }

  /** A message replaces what was shown before. */
  show(message: Exclude<HostMessage, { type: 'case-shown' } | Beside>): void {
    if (message.type !== 'report-shown') this.stored = undefined;
    this.settingUp = message.type === 'setup-shown';
    this.current = message;
    this.beside.clear();
    this.post(message);
  }

  /** Adds to what is shown. */
  tell(message: Beside): void {
    this.beside.set(message.type, message);
    this.post(message);
  }

  private post(message: HostMessage): void {
    // A hidden page may be gone; it asks for everything when it is back.
    if (this.ready && !this.isClosed) void this.panel.webview.postMessage(message);
  }

  private receive(message: unknown): void {
    if (!isWebviewMessage(message)) return;
    this.answer(message).catch(this.surroundings.onBug);
  }

  private async answer(message: WebviewMessage): Promise<void> {
    const { stored } = this;
    if (isAct(message)) return this.surroundings.act(this, message);
    switch (message.type) {
      case 'webview-ready':
        this.ready = true;
        if (this.current !== undefined) this.post(this.current);
        for (const told of this.beside.values()) this.post(told);
        return;
      case 'open-requested':
      case 'start-requested':
      case 'file-requested':
      case 'resume-requested':
      case 'run-control-requested':
      case 'setup-edited':
      case 'setup-asked':
      case 'setup-requested':
        return this.surroundings.answer(this, message);
      case 'case-requested': {
        const detail = stored === undefined ? null : toCaseDetail(stored.report, message.caseId);
        if (detail !== null) this.post({ type: 'case-shown', detail });
        return;
      }
      case 'output-requested': {
        const { caseId, columnId, repetition } = message;
        const output = this.resultOf(caseId, columnId, repetition)?.output;
        if (output !== undefined)
          await this.surroundings.documents.open(`${caseId} ${this.labelOf(columnId)}`, output);
        return;
      }
      case 'diff-requested':
        return this.compareOutputs(message);
      case 'export-requested':
        if (stored !== undefined) await exportReport(stored.report, stored.name);
        return;
      case 'markdown-requested':
        if (stored !== undefined) await copyAsMarkdown(stored.report);
        return;
    }
  }

  private async compareOutputs(message: Extract<WebviewMessage, { type: 'diff-requested' }>): Promise<void> {
    const { caseId, left, right, repetition } = message;
    const [from, to] = [left, right].map((id) => this.resultOf(caseId, id, repetition));
    if (from === undefined || to === undefined) return;
    const [fromLabel, toLabel] = [this.labelOf(left), this.labelOf(right)];
    await this.surroundings.documents.compare(
      `${caseId}: ${fromLabel} ↔ ${toLabel}`,
      [`${caseId} ${fromLabel}`, from.output],
      [`${caseId} ${toLabel}`, to.output],
    );
  }

  private resultOf(caseId: string, columnId: string, repetition: number): ReportedResult | undefined {
    if (this.stored === undefined) return undefined;
    return findCase(this.stored.report, caseId)?.columns.get(columnId)?.[repetition];
  }

  private labelOf(columnId: string): string {
    const report = this.stored?.report;
    const variants = report?.kind === 'abtest' ? report.variants : [];
    return variants.find(({ id }) => id === columnId)?.label ?? columnId;
  }
}
