import * as vscode from 'vscode';
import type { ExperimentPlan, ExperimentPlanned } from '../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../core/domain/report.ts';
import type { RunEvent } from '../../../core/domain/runEvent.ts';
import type { AdHocTest } from '../../../core/pipeline/experiments/experimentRequests.ts';
import type { RunControl } from '../../../protocol/webviewMessage.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import type { ParseCache } from '../parseCache.ts';
import { confirmOnline } from '../run/confirmOnline.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import type { AbTestPanel } from './abTestPanel.ts';
import { followRun, type RunEnd } from './followRun.ts';
import { PauseSwitch } from './pauseSwitch.ts';
import { toPanelPlan } from './toPanelPlan.ts';

export interface SessionParts {
  readonly engine: EngineHolder;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  /** What the user agreed to, once for all workspaces. */
  readonly memory: vscode.Memento;
}

/** What is tested: an A/B test file, or a prompt against an earlier version of itself. */
export interface SessionSubject {
  readonly uri: vscode.Uri;
  /** A git revision; undefined for an A/B test file. */
  readonly base?: string;
  /** A test that is in no file: `uri` says where it belongs. */
  readonly draft?: AdHocTest;
}

/** An A/B test in a panel, from its plan to its report. */
export class AbTestSession {
  private readonly panel: AbTestPanel;
  private readonly parts: SessionParts;
  private readonly subject: SessionSubject;
  private planned: ExperimentPlan | undefined;
  private planning = new AbortController();
  /** Where the report of the run that goes on will lie. */
  runSource: string | undefined;
  private running: { readonly pause: PauseSwitch; readonly controller: AbortController } | undefined;

  constructor(panel: AbTestPanel, parts: SessionParts, subject: SessionSubject) {
    this.panel = panel;
    this.parts = parts;
    this.subject = subject;
  }

  get uri(): vscode.Uri {
    return this.subject.uri;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Plans what the file says now and shows it; a newer call replaces one that still works. */
  async plan(): Promise<void> {
    this.planning.abort();
    this.planning = new AbortController();
    const { signal } = this.planning;
    const { uri, base, draft } = this.subject;
    const parsed = await this.parts.cache.parse(await vscode.workspace.openTextDocument(uri));
    const { experiments } = (await this.parts.engine.get()).pipeline;
    const workspaceFolder = folderOf(uri).fsPath;
    const planned = await settled(
      base === undefined
        ? experiments.plan({ test: draft ?? parsed, workspaceFolder }, signal)
        : experiments.planComparison({ file: parsed, base, workspaceFolder }, signal),
      signal,
    );
    if (planned === undefined || this.isRunning) return;
    this.planned = planned.status === 'ready' ? planned.plan : undefined;
    const relative = (path: string): string => vscode.workspace.asRelativePath(path);
    const source = { title: draft?.name ?? parsed.name, file: relative(uri.fsPath), relative };
    this.panel.panel.title = t('A/B Test: {0}', source.title);
    this.panel.show({ type: 'plan-shown', plan: toPanelPlan(planned, source) });
  }

  /** Runs what was planned; asks first where something leaves this machine. */
  async start(): Promise<void> {
    const plan = this.planned;
    if (plan === undefined || this.isRunning || !(await this.mayRun(plan))) return;
    const { experiments } = (await this.parts.engine.get()).pipeline;
    await this.follow(plan, null, (signal, pause) => experiments.run(plan, signal, { pause }));
  }

  /** Goes on with a stored run: what finished is not asked again, failed calls are. */
  async resume(runId: string): Promise<void> {
    if (this.isRunning) return;
    const { experiments } = (await this.parts.engine.get()).pipeline;
    const opened = await experiments.open(this.uri.fsPath, runId);
    const { report } = await experiments.report(opened);
    if (report.kind !== 'abtest' || !(await this.mayRun(opened.plan))) return;
    await this.follow(opened.plan, report, (signal, pause) =>
      experiments.resume(opened, signal, { pause, retryErrors: true }),
    );
  }

  control(action: RunControl): void {
    if (action === 'stop') this.running?.controller.abort();
    else if (action === 'pause') this.running?.pause.hold();
    else this.running?.pause.release();
  }

  async openFile(): Promise<void> {
    await vscode.window.showTextDocument(this.uri, { viewColumn: vscode.ViewColumn.One });
  }

  private async mayRun(plan: ExperimentPlan): Promise<boolean> {
    const engine = await this.parts.engine.get();
    for (const { route } of plan.variants) {
      if (!(await confirmOnline(engine, route, this.parts.memory))) return false;
    }
    return true;
  }

  private async follow(
    plan: ExperimentPlan,
    before: AbReport | null,
    begin: (signal: AbortSignal, pause: PauseSwitch) => AsyncIterable<RunEvent>,
  ): Promise<void> {
    const active = this.parts.registry.start(plan.name, this.uri);
    const pause = new PauseSwitch();
    this.running = { pause, controller: active.controller };
    const { signal } = active.controller;
    try {
      const run = { plan, before, events: begin(signal, pause), pause, signal };
      const ended = await followRun(run, (shown) => {
        this.runSource = shown.runId === '' ? undefined : this.reportOf(shown.runId).toString();
        this.panel.show({ type: 'run-updated', source: this.runSource ?? '', run: shown });
      });
      this.running = undefined;
      this.finish(plan, ended);
    } finally {
      this.runSource = undefined;
      this.running = undefined;
      this.parts.registry.end(active);
    }
  }

  private reportOf(runId: string): vscode.Uri {
    return vscode.Uri.joinPath(folderOf(this.uri), '.promptly', 'runs', runId, 'report.json');
  }

  private finish(plan: ExperimentPlan, { report, runId, state }: RunEnd): void {
    if (report === null) return;
    const stored = this.reportOf(runId);
    this.panel.showReport(stored.toString(), report, plan.name);
    // Who looks at it sees it, and who stopped it knows.
    if (state === 'cancelled' || this.panel.isVisible) return;
    const show = t('Show Report');
    const words = report.kind === 'abtest' ? report.verdict.sentence : '';
    void vscode.window
      .showInformationMessage(t('{0} is finished. {1}', plan.name, words), show)
      .then((chosen) => {
        if (chosen === show) return vscode.commands.executeCommand('promptly.openReport', stored);
        return undefined;
      });
  }
}

function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** undefined when it was given up for a newer one. */
async function settled(
  planning: Promise<ExperimentPlanned>,
  signal: AbortSignal,
): Promise<ExperimentPlanned | undefined> {
  try {
    return await planning;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
