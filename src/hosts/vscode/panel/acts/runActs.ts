import * as vscode from 'vscode';
import { withLabel } from '../../../../core/domain/humanLabel.ts';
import type { Report } from '../../../../core/domain/report.ts';
import type { Experiments } from '../../../../core/pipeline/experiments/experiments.ts';
import type { RunHistoryEntry } from '../../../../core/pipeline/experiments/runHistory.ts';
import type { OpenedRun } from '../../../../core/pipeline/experiments/storedExperiments.ts';
import { FileError } from '../../../../core/ports/fileSystem.ts';
import { RevisionError } from '../../../../core/ports/revisions.ts';
import type { ActMessage } from '../../../../protocol/panelActs.ts';
import type { EngineHolder } from '../../engineHolder.ts';
import type { AbTestPanel } from '../abTestPanel.ts';
import type { OutputDocuments } from '../outputDocuments.ts';
import { keepFailingCases } from './keepFailingCases.ts';
import { promote, type ActedRun } from './promote.ts';
import { promptDiff } from './promptDiff.ts';
import { closeForgottenProposals } from './proposals.ts';
import { besides, runPlaceOf, type RunPlace } from './runPlace.ts';
import { toRunComparison } from './toRunComparison.ts';
import { toRunFacts } from './toRunFacts.ts';

export interface ActParts {
  readonly engine: EngineHolder;
  readonly documents: OutputDocuments;
  /** Shows another stored run in the same panel. */
  readonly open: (panel: AbTestPanel, uri: vscode.Uri) => Promise<void>;
}

/** What a reader does with the stored run that a panel shows. */
export class RunActs {
  private readonly parts: ActParts;
  /** One write at a time: a label given while another is written must not be lost. */
  private labelling: Promise<unknown> = Promise.resolve();

  private readonly histories = new WeakMap<Report, readonly RunHistoryEntry[]>();

  constructor(parts: ActParts) {
    this.parts = parts;
    void closeForgottenProposals();
  }

  /** Tells the panel what belongs to the run besides its report. A report from elsewhere has nothing. */
  async tellFacts(panel: AbTestPanel): Promise<void> {
    const place = runPlaceOf(panel.source);
    const { report } = panel;
    if (place === undefined || report === undefined) return;
    const experiments = await this.experiments();
    const { path, runId } = place;
    // Labels come and go while one report is on show; its history stays.
    const history = this.histories.get(report) ?? (await experiments.history(path, runId));
    this.histories.set(report, history);
    const labels = await experiments.labels(path, runId);
    // A report that lies in a folder without its run has none.
    if (history.length === 0 || panel.report !== report) return;
    const facts = toRunFacts({ runId, report, labels, history });
    panel.tell({ type: 'facts-shown', source: place.uri.toString(), facts });
  }

  async answer(panel: AbTestPanel, message: ActMessage): Promise<void> {
    const place = runPlaceOf(panel.source);
    if (place === undefined) return;
    try {
      await this.act(panel, place, message);
    } catch (error) {
      // The run, or the revision it was about, is gone: no bug of ours.
      if (!FileError.is(error) && !RevisionError.is(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  }

  private async act(panel: AbTestPanel, place: RunPlace, message: ActMessage): Promise<void> {
    switch (message.type) {
      case 'promote-requested':
        return this.withRun(panel, place, (run) => promote(run, message.columnId));
      case 'prompt-diff-requested':
        return this.withRun(panel, place, (run) => promptDiff(run, message.left, message.right));
      case 'keep-cases-requested': {
        const { plan } = await this.open(place);
        const { report } = panel;
        if (report !== undefined) await keepFailingCases(await this.parts.engine.get(), plan, report);
        return;
      }
      case 'label-given':
        this.labelling = this.labelling.catch(() => undefined).then(() => this.label(panel, place, message));
        await this.labelling;
        return;
      case 'run-requested':
        return this.parts.open(panel, besides(place, message.runId));
      case 'run-comparison-requested':
        return this.compare(panel, place, message.runId);
    }
  }

  private async withRun(
    panel: AbTestPanel,
    place: RunPlace,
    work: (run: ActedRun) => Promise<void>,
  ): Promise<void> {
    const { report } = panel;
    if (report?.kind !== 'abtest') return;
    const { plan } = await this.open(place);
    await work({ engine: await this.parts.engine.get(), plan, report, documents: this.parts.documents });
  }

  private async label(
    panel: AbTestPanel,
    { path, runId }: RunPlace,
    { caseId, columnId, repetition, label }: Extract<ActMessage, { type: 'label-given' }>,
  ): Promise<void> {
    const experiments = await this.experiments();
    const before = await experiments.labels(path, runId);
    const output = { caseId, variant: columnId, repetition };
    await experiments.saveLabels(path, runId, withLabel(before, output, label));
    await this.tellFacts(panel);
  }

  private async compare(panel: AbTestPanel, place: RunPlace, runId: string): Promise<void> {
    const experiments = await this.experiments();
    const [before, after] = await Promise.all([experiments.open(place.path, runId), this.open(place)]);
    const comparison = toRunComparison(experiments.compare(before, after), {
      runId,
      startedAt: before.state.startedAt,
      metric: after.plan.metric.name,
    });
    panel.tell({ type: 'run-comparison-shown', comparison });
  }

  private async open({ path, runId }: RunPlace): Promise<OpenedRun> {
    return (await this.experiments()).open(path, runId);
  }

  private async experiments(): Promise<Experiments> {
    return (await this.parts.engine.get()).pipeline.experiments;
  }
}

/** A run without a report, because its process was killed: what its journal holds. null where it holds none. */
export async function reportFromJournal(
  engine: EngineHolder,
  uri: vscode.Uri,
): Promise<Awaited<ReturnType<Experiments['report']>> | null> {
  const place = runPlaceOf(uri.toString());
  if (place === undefined) return null;
  try {
    const { experiments } = (await engine.get()).pipeline;
    return await experiments.report(await experiments.open(place.path, place.runId));
  } catch (error) {
    if (FileError.is(error)) return null;
    throw error;
  }
}
