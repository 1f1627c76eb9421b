import * as vscode from 'vscode';
import { createFailure } from '../../../core/domain/createFailure.ts';
import type { Failure } from '../../../core/domain/failure.ts';
import type { ParsedFile } from '../../../core/domain/parsedFile.ts';
import type { Route } from '../../../core/domain/runEvent.ts';
import type { RunPlan } from '../../../core/domain/runPlan.ts';
import type { ExecuteOptions } from '../../../core/pipeline/pipeline.ts';
import type { Engine } from '../../../composition.ts';
import { commandIds } from '../commandIds.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { RememberedInputs } from '../inputs/rememberedInputs.ts';
import { t } from '../l10n.ts';
import { installModel } from '../models/installModel.ts';
import type { OutputLog, RunOutput } from '../output/outputLog.ts';
import { RunTranscript } from '../output/runTranscript.ts';
import type { ParseCache } from '../parseCache.ts';
import { presentBug } from '../presentBug.ts';
import { presentFailure } from '../presentFailure.ts';
import type { PromptIndex } from '../promptIndex.ts';
import { workspaceFolderOf } from '../workspaceFolderOf.ts';
import { confirmOnline } from './confirmOnline.ts';
import { routesOf } from './routesOf.ts';
import { openPromptFile, presentMissingFile } from './openPromptFile.ts';
import { presentProblems } from './presentProblems.ts';
import { RunQuestions } from './runQuestions.ts';
import type { ActiveRun, RunRegistry } from './runRegistry.ts';
import type { RunTarget } from './runTarget.ts';

/** How a run ended; the run commands return it, so that keybindings and other extensions can use it. */
export interface RunOutcome {
  readonly state: 'finished' | 'failed' | 'cancelled' | 'invalid';
  readonly output: string;
  readonly failure: Failure | null;
}

export interface RunnerParts {
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  readonly output: OutputLog;
  readonly channel: vscode.OutputChannel;
  readonly log: vscode.LogOutputChannel;
  readonly context: vscode.ExtensionContext;
}

interface ReadyTarget extends RunTarget {
  readonly uri: vscode.Uri;
  readonly inputs: NonNullable<RunTarget['inputs']>;
}

/** From a click to an answer in the output: choose, ask, plan, run, present. */
export class PromptRunner {
  private readonly parts: RunnerParts;
  private readonly questions: RunQuestions;
  private last: { readonly target: ReadyTarget; readonly outcome: RunOutcome } | undefined;
  /** The backend and model that answered last of those `auto` chose; the status bar shows it. */
  lastAutomatic: Route | undefined;

  constructor(parts: RunnerParts) {
    this.parts = parts;
    const remembered = new RememberedInputs(parts.context.workspaceState);
    this.questions = new RunQuestions(parts.engine, parts.index, remembered);
  }

  /** The output of the last run, as the model wrote it. */
  get lastOutput(): string | undefined {
    return this.last?.outcome.output;
  }

  async runAgain(): Promise<RunOutcome | undefined> {
    return this.last === undefined ? undefined : this.run({ ...this.last.target, anew: true });
  }

  /** undefined: dismissed before it started. */
  async run(target: RunTarget, chooseModel = false): Promise<RunOutcome | undefined> {
    if (!vscode.workspace.isTrusted) return this.refuseUntrusted(target);
    const uri = target.uri ?? (await this.questions.file(target));
    if (uri === undefined) return undefined;
    const document = await openPromptFile(uri);
    if (document === undefined) return this.retarget(target, uri);
    const parsed = await this.parts.cache.parse(document);
    if (parsed.kind === 'abtest' && target.inputs === undefined) {
      // Running an A/B test means its panel, which says first what it will take.
      await vscode.commands.executeCommand(commandIds.runAbTest, uri);
      return undefined;
    }
    if (parsed.file === null) {
      const problems = parsed.diagnostics.map((problem) => ({ ...problem, path: uri.fsPath }));
      void presentProblems(problems);
      return { state: 'invalid', output: '', failure: null };
    }
    const asked = await this.questions.lacking(target, parsed.file, uri, chooseModel);
    if (asked === undefined) return undefined;
    return this.start({ ...asked, uri, anew: target.anew === true }, parsed);
  }

  /** The file is not there: it may live elsewhere now, where the same inputs can be run. */
  private async retarget(target: RunTarget, gone: vscode.Uri): Promise<RunOutcome | undefined> {
    if (!(await presentMissingFile(gone))) return undefined;
    const uri = await this.questions.prompt();
    return uri === undefined ? undefined : this.run({ ...target, uri });
  }

  private async start(target: ReadyTarget, parsed: ParsedFile): Promise<RunOutcome> {
    const run = this.parts.registry.start(parsed.name, target.uri);
    const page = this.parts.output.open();
    this.tellOrder(parsed.name);
    try {
      const outcome = await this.perform(target, parsed, run, page);
      this.last = { target, outcome };
      void vscode.commands.executeCommand('setContext', 'promptly.hasRun', true);
      return outcome;
    } finally {
      page.end();
      this.parts.registry.end(run);
    }
  }

  /** Runs at the same time are shown one after the other, so a second one seems to do nothing. */
  private tellOrder(name: string): void {
    const [first, second] = this.parts.registry.active();
    if (first === undefined || second === undefined) return;
    const message = t('Promptly: {0} runs too; its output follows that of {1}', name, first.name);
    vscode.window.setStatusBarMessage(message, 5_000);
  }

  private async perform(
    target: ReadyTarget,
    parsed: ParsedFile,
    run: ActiveRun,
    page: RunOutput,
  ): Promise<RunOutcome> {
    const engine = await this.parts.engine.get();
    const { signal } = run.controller;
    const labels = new Map(engine.world.backends.list().map(({ id, label }) => [id as string, label]));
    const transcript = new RunTranscript((id) => labels.get(id) ?? id);
    page.append(transcript.opening(parsed.name, new Date().toLocaleTimeString()));
    this.reveal('always');
    const folder = workspaceFolderOf(target.uri);
    const { inputs, choice } = target;
    const request = { file: parsed, workspaceFolder: folder.fsPath, inputs, ...(choice && { choice }) };
    const planned = await engine.pipeline.plan(request, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (planned === undefined) return this.cancelled(transcript, page);
    if (planned.status === 'invalid') {
      page.append(transcript.problems(planned.diagnostics, vscode.workspace.asRelativePath));
      this.reveal('onError');
      void presentProblems(planned.diagnostics);
      return { state: 'invalid', output: '', failure: null };
    }
    if (planned.status === 'failed') {
      page.append(transcript.failure(planned.failure));
      this.offerRemedy(planned.failure, planned.route, target);
      return { state: 'failed', output: '', failure: planned.failure };
    }
    page.append(transcript.problems(planned.warnings, vscode.workspace.asRelativePath));
    for (const route of routesOf(planned.plan)) {
      const agreed = await confirmOnline(engine, route, this.parts.context.globalState);
      if (!agreed) return this.cancelled(transcript, page);
    }
    return this.execute(engine, planned.plan, target, signal, transcript, page);
  }

  private async execute(
    engine: Engine,
    plan: RunPlan,
    target: ReadyTarget,
    signal: AbortSignal,
    transcript: RunTranscript,
    page: RunOutput,
  ): Promise<RunOutcome> {
    let output = '';
    let failure: Failure | null = null;
    let route: Route | null = null;
    let cancelled = false;
    const options: ExecuteOptions = { record: true, ...(target.anew === true && { cache: 'refresh' }) };
    for await (const event of engine.pipeline.execute(plan, signal, options)) {
      page.append(transcript.event(event));
      if (event.type === 'cell-started') ({ route } = event);
      if (event.type === 'cell-finished') {
        ({ output, failure } = event.result);
        if (failure === null && route?.automatic === true) this.lastAutomatic = route;
      }
      if (event.type === 'run-finished') cancelled = event.state === 'cancelled';
    }
    if (cancelled) return { state: 'cancelled', output, failure };
    if (failure === null) return { state: 'finished', output, failure };
    this.offerRemedy(failure, route, target);
    return { state: 'failed', output, failure };
  }

  private cancelled(transcript: RunTranscript, page: RunOutput): RunOutcome {
    const failure = createFailure('cancelled', t('Cancelled.'));
    page.append(transcript.failure(failure));
    return { state: 'cancelled', output: '', failure };
  }

  private refuseUntrusted(target: RunTarget): RunOutcome {
    const failure = createFailure('untrusted', t('Prompts do not run in a workspace that is not trusted.'));
    this.present(failure, null, () => this.run(target));
    return { state: 'failed', output: '', failure };
  }

  /** What is run again is the run that failed, whatever has run since. */
  private offerRemedy(failure: Failure, route: Route | null, target: ReadyTarget): void {
    if (failure.code !== 'cancelled') this.reveal('onError');
    this.present(failure, route, () => this.run({ ...target, anew: true }));
  }

  /** Not waited for: a message may stand there for hours. */
  private present(failure: Failure, route: Route | null, runAgain: () => Promise<unknown>): void {
    const { engine, log } = this.parts;
    presentFailure(failure, route, {
      runAgain,
      installModel: async (backend, model) => installModel(await engine.get(), backend, model),
    }).catch((error: unknown) => presentBug(log, failure.code, error));
  }

  /** The panel opens as the user's setting says; the focus stays where it is. */
  private reveal(occasion: 'always' | 'onError'): void {
    const policy = vscode.workspace.getConfiguration('promptly').get<string>('output.reveal', 'always');
    if (policy === occasion || (policy === 'always' && occasion === 'onError')) this.parts.channel.show(true);
  }
}
