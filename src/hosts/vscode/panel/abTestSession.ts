import * as vscode from 'vscode';
import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import type { AbReport } from '../../../core/domain/report.ts';
import type { RunEvent } from '../../../core/domain/runEvent.ts';
import { RunInUse } from '../../../core/ports/runStore.ts';
import type { RunControl } from '../../../protocol/webviewMessage.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import type { ParseCache } from '../parseCache.ts';
import { confirmOnline } from '../run/confirmOnline.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import { workspaceFolderOf } from '../workspaceFolderOf.ts';
import type { AbTestPanel } from './abTestPanel.ts';
import { followRun, type RunEnd } from './followRun.ts';
import { PauseSwitch } from './pauseSwitch.ts';
import { createFileSetup, type SetupSource } from './setup/setupSource.ts';
import { saveDraft } from './setup/saveDraft.ts';
import { SetupForm } from './setup/setupForm.ts';

export interface SessionParts {
  readonly engine: EngineHolder;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  /** What the user agreed to, once for all workspaces. */
  readonly memory: vscode.Memento;
}

/** An A/B test in a panel, from its set-up to its report. */
export class AbTestSession {
  /** null where the panel began with a stored run. */
  readonly form: SetupForm | null;
  private panel: AbTestPanel;
  private readonly parts: SessionParts;
  private readonly stored: vscode.Uri;
  /** Where the report of the run that goes on will lie. */
  runSource: string | undefined;
  private running:
    { readonly name: string; readonly pause: PauseSwitch; readonly controller: AbortController } | undefined;

  /** `subject`: a set-up, or any file of the workspace folder whose stored run is on show. */
  constructor(
    panel: AbTestPanel,
    parts: SessionParts,
    subject: SetupSource | vscode.Uri,
    onBug: (error: unknown) => void,
  ) {
    this.panel = panel;
    this.parts = parts;
    this.stored = subject instanceof vscode.Uri ? subject : subject.uri;
    this.form =
      subject instanceof vscode.Uri
        ? null
        : new SetupForm({ engine: parts.engine, onBug }, subject, (setup) => {
            // Its run or report is on show.
            if (!this.panel.isSettingUp) return;
            this.panel.panel.title = t('A/B Test: {0}', setup.title);
            this.panel.show({ type: 'setup-shown', setup });
          });
  }

  get uri(): vscode.Uri {
    return this.form?.uri ?? this.stored;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** The form takes the panel, until the test is started. */
  async setUp(): Promise<void> {
    if (this.form === null || this.isRunning) return;
    this.panel.beginSetup();
    await this.form.open();
  }

  /** Runs what the form shows; asks first where something leaves this machine. */
  async start(): Promise<void> {
    const { form } = this;
    if (form === null || this.isRunning) return;
    try {
      const plan = await form.settle();
      if (plan === undefined || !(await this.mayRun(plan))) return;
      const { experiments } = (await this.parts.engine.get()).pipeline;
      await this.follow(plan, null, (signal, pause) =>
        experiments.run(plan, signal, { pause, compareLive: true }),
      );
    } finally {
      form.unlock();
    }
  }

  /** Writes a draft to a file of the user's choice; from then on the form edits that. */
  async save(): Promise<void> {
    if (this.form === null || this.form.isLocked) return;
    await this.form.settled();
    const uri = await saveDraft(this.form.current, this.form.uri);
    if (uri === undefined) return;
    await this.form.moveTo(createFileSetup(uri, this.parts.cache));
    await vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.One,
      preview: false,
      preserveFocus: true,
    });
  }

  /** Goes on with a stored run: what finished is not asked again, failed calls are. Throws `RunInUse`. */
  async resume(runId: string): Promise<void> {
    if (this.isRunning) return;
    const { experiments } = (await this.parts.engine.get()).pipeline;
    const opened = await experiments.open(this.uri.fsPath, runId);
    if (opened.isRunning) throw new RunInUse(`${runId} is going on in another process.`);
    const { report } = await experiments.report(opened);
    if (report.kind !== 'abtest' || !(await this.mayRun(opened.plan))) return;
    await this.follow(opened.plan, report, (signal, pause) =>
      experiments.resume(opened, signal, { pause, retryErrors: true, compareLive: true }),
    );
  }

  /** The panel was closed while the run went on: it is watched in another. */
  moveTo(panel: AbTestPanel): void {
    this.panel = panel;
    if (this.running !== undefined) panel.panel.title = t('A/B Test: {0}', this.running.name);
  }

  control(action: RunControl): void {
    if (action === 'stop') this.running?.controller.abort();
    else if (action === 'pause') this.running?.pause.hold();
    else this.running?.pause.release();
  }

  /** In an editor, at a place where one is given: line and column from 0. */
  async openFile(line: number | null, column: number | null): Promise<void> {
    const at = line === null ? null : new vscode.Position(line, column ?? 0);
    await vscode.window.showTextDocument(this.uri, {
      viewColumn: vscode.ViewColumn.One,
      ...(at === null ? {} : { selection: new vscode.Range(at, at) }),
    });
  }

  dispose(): void {
    this.form?.dispose();
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
    this.running = { name: plan.name, pause, controller: active.controller };
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
    return vscode.Uri.joinPath(workspaceFolderOf(this.uri), '.promptly', 'runs', runId, 'report.json');
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
