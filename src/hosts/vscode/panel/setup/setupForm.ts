import type * as vscode from 'vscode';
import type { Position } from '../../../../core/domain/diagnostic.ts';
import type { ExperimentPlan } from '../../../../core/domain/experimentPlan.ts';
import type { JsonObject } from '../../../../core/domain/json.ts';
import type { PanelSetup, SetupEdit, SetupLock } from '../../../../protocol/setup.ts';
import type { EngineHolder } from '../../engineHolder.ts';
import { t } from '../../l10n.ts';
import { toPlanFacts } from '../toPlanFacts.ts';
import { shownPath } from '../../shownPath.ts';
import { nothingPlanned, planSetup } from './planSetup.ts';
import { problemsOfText } from './setupProblems.ts';
import type { SetupReading, SetupSource } from './setupSource.ts';

/** Not at every key: planning reads prompts, data and history. */
const planAfterMs = 400;
const readAfterMs = 60;
const planTries = 3;

export interface SetupFormParts {
  readonly engine: EngineHolder;
  readonly onBug: (error: unknown) => void;
}

/**
 * The form's side in the extension. The source has the truth: edits go into it one after the other, and whatever it says
 * then is shown. What the source says never becomes an edit, so there is no loop.
 */
export class SetupForm {
  private readonly parts: SetupFormParts;
  private readonly show: (setup: PanelSetup) => void;
  private source: SetupSource;
  private value: JsonObject = {};
  private reading: SetupReading | undefined;
  private known = nothingPlanned;
  /** What is known is about what the source says now. */
  private isPlanned = false;
  private acknowledged = 0;
  private refused: string | null = null;
  private isStarting = false;
  private work: Promise<unknown> = Promise.resolve();
  private planning = new AbortController();
  private timers: { read?: NodeJS.Timeout; plan?: NodeJS.Timeout } = {};

  constructor(parts: SetupFormParts, source: SetupSource, show: (setup: PanelSetup) => void) {
    this.parts = parts;
    this.source = source;
    this.show = show;
  }

  get uri(): vscode.Uri {
    return this.source.uri;
  }

  get isDraft(): boolean {
    return this.source.isDraft;
  }

  /** As it is written now. */
  get current(): JsonObject {
    return this.value;
  }

  get isLocked(): boolean {
    return this.lock() !== null;
  }

  /** Reads the source, shows it, and plans. */
  open(): Promise<void> {
    return this.inOrder(() => this.refresh());
  }

  edit(serial: number, edits: readonly SetupEdit[]): Promise<void> {
    return this.inOrder(async () => {
      this.refused = this.lock()?.message ?? (await this.source.apply(edits));
      this.acknowledged = serial;
      await this.refresh();
    });
  }

  /** What was chosen in the editor's own pickers; computed on what the source says by then. */
  change(edits: (value: JsonObject) => readonly SetupEdit[]): Promise<void> {
    return this.inOrder(async () => {
      if (this.lock() !== null) return;
      this.refused = await this.source.apply(edits(this.value));
      await this.refresh();
    });
  }

  /** The draft got a file, or the file another place. */
  moveTo(source: SetupSource): Promise<void> {
    return this.inOrder(() => {
      this.source = source;
      return this.refresh();
    });
  }

  /** A prompt file was changed: this one is read again, another may change the plan. */
  fileChanged(uri: vscode.Uri): void {
    const isOwn = uri.toString() === this.uri.toString();
    clearTimeout(this.timers.read);
    this.timers.read = setTimeout(() => {
      const again = async (): Promise<void> => {
        if (isOwn) await this.readAgain();
        else this.planSoon();
      };
      this.inOrder(again).catch(this.parts.onBug);
    }, readAfterMs);
  }

  /** Resolves when every edit so far is made. */
  async settled(): Promise<void> {
    await this.work;
  }

  /** The plan of what the form shows, once all edits are made; undefined when it cannot start. Locks until `unlock`. */
  async settle(): Promise<ExperimentPlan | undefined> {
    await this.work;
    const lock = this.lock();
    if (lock !== null && !lock.startable) return undefined;
    this.isStarting = true;
    this.isPlanned = false;
    this.tell();
    // A file that changes at this moment makes one more plan necessary.
    for (let tries = 0; tries < planTries && !this.hasPlan(); tries++) await this.plan();
    const { planned } = this.known;
    if (!this.hasPlan()) return undefined;
    return planned?.status === 'ready' ? planned.plan : undefined;
  }

  unlock(): void {
    this.isStarting = false;
    this.tell();
  }

  dispose(): void {
    clearTimeout(this.timers.read);
    clearTimeout(this.timers.plan);
    this.planning.abort();
  }

  private inOrder(task: () => Promise<void>): Promise<void> {
    const done = this.work.then(task);
    this.work = done.catch(() => undefined);
    return done;
  }

  private async readAgain(): Promise<void> {
    const before = this.reading?.parsed?.text;
    const now = await this.source.read();
    // An edit of the form has been shown already.
    if (now.parsed !== null && now.parsed.text === before && this.reading?.lock === now.lock) return;
    await this.refresh(now);
  }

  private async refresh(now?: SetupReading): Promise<void> {
    this.reading = now ?? (await this.source.read());
    this.value = this.reading.value ?? this.value;
    this.isPlanned = false;
    this.tell();
    this.planSoon();
  }

  private planSoon(): void {
    clearTimeout(this.timers.plan);
    this.planning.abort();
    this.timers.plan = setTimeout(() => void this.plan().catch(this.parts.onBug), planAfterMs);
  }

  /** A newer plan replaces one that is still being made. */
  private async plan(): Promise<void> {
    clearTimeout(this.timers.plan);
    this.planning.abort();
    this.planning = new AbortController();
    const { signal } = this.planning;
    const parsed = this.reading?.parsed;
    if (parsed === undefined || parsed === null || this.isBroken()) return;
    const { source, value, placeOf } = this;
    const { uri, test = parsed } = source;
    const made = await planSetup({ engine: this.parts.engine, uri, test, parsed, value, placeOf }, signal);
    if (made === null) return;
    this.known = made;
    this.isPlanned = true;
    this.tell();
  }

  /** Asked anew: planning changes it. */
  private hasPlan(): boolean {
    return this.isPlanned;
  }

  private isBroken(): boolean {
    return this.reading?.lock?.startable === false;
  }

  private lock(): SetupLock | null {
    if (this.isStarting) return { message: t('The test is being started.'), startable: false, place: null };
    return this.reading?.lock ?? null;
  }

  private tell(): void {
    if (this.reading === undefined) return;
    const { parsed } = this.reading;
    const broken = this.isBroken();
    const { planned, variables, inherited, dataFile } = this.known;
    const problems =
      parsed === null || broken
        ? []
        : [...problemsOfText(parsed, this.value, this.placeOf), ...this.known.problems];
    const startable = !broken && !problems.some(({ severity }) => severity === 'error');
    this.show({
      source: this.uri.toString(),
      file: this.source.isDraft ? null : shownPath(this.uri.fsPath),
      title: parsed?.name ?? '',
      value: this.value,
      acknowledged: this.acknowledged,
      lock: this.lock(),
      refused: this.refused,
      problems,
      facts: planned?.status === 'ready' && startable ? toPlanFacts(planned.plan, planned.notices) : null,
      planning: !this.isPlanned && !broken,
      variables,
      inherited,
      dataFile,
    });
  }

  /** A draft has no lines to be shown. */
  private readonly placeOf = (path: string, { line, column }: Position): string => {
    if (this.source.isDraft && path === this.uri.fsPath) return '';
    return `${shownPath(path)}:${line + 1}:${column + 1}`;
  };
}
