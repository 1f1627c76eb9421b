import type { Report } from '../../domain/report.ts';
import type { RunState } from '../../domain/runEvent.ts';
import type { VerdictOutcome } from '../../domain/verdict.ts';
import type { RunOutline } from '../../ports/runStore.ts';
import { runIdOf } from '../runIdOf.ts';
import type { World } from '../pipeline.ts';

/** What is shown of an earlier run beside others of the same test. */
export interface RunHistoryEntry {
  readonly runId: string;
  /** ISO 8601; null where nothing says it. */
  readonly startedAt: string | null;
  /** null: it is running, or its process was killed before it had a report. */
  readonly state: RunState | null;
  /** Some process is at it. */
  readonly isRunning: boolean;
  /** Of an A/B test. */
  readonly outcome: VerdictOutcome | null;
  /** The winner's label, else the leader's. */
  readonly leader: string | null;
  /** What is measured, in `variants[].mean`; a test run has its pass rate. */
  readonly metric: string | null;
  readonly variants: readonly { readonly label: string; readonly mean: number | null }[];
}

const defaultLimit = 20;

/** Runs of the same name and kind that are about the same file. */
export async function runHistory(
  world: World,
  path: string,
  runId: string,
  limit = defaultLimit,
): Promise<RunHistoryEntry[]> {
  const store = world.runsFor?.(path) ?? null;
  if (store === null) return [];
  const own = await store.outline(runId).catch(() => null);
  if (own?.name === undefined || own.name === null) return [];
  // A run's folder is its time and its name: only those of this name are opened.
  const ending = runIdOf('', own.name);
  const candidates = (await store.list()).filter((id) => id === runId || nameIn(id).startsWith(ending));
  const entries: RunHistoryEntry[] = [];
  for (const id of candidates) {
    if (entries.length >= limit && id !== runId) continue;
    const other = await store.outline(id).catch(() => null);
    if (other === null || other.path !== own.path || other.kind !== own.kind || other.name !== own.name)
      continue;
    entries.push(entryOf(other));
  }
  return entries.reverse();
}

const time = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)(?:-(\d{3}))?/;

/** The folder's name without its time. */
const nameIn = (id: string): string => id.replace(time, '');

/** A folder's time, for runs that do not say it themselves. */
function timeOf(id: string): string | null {
  const [, hour, minute, second, ms = '000'] = time.exec(id) ?? [];
  return hour === undefined ? null : `${hour}:${minute ?? ''}:${second ?? ''}.${ms}Z`;
}

function entryOf({ runId, started, finished, report: document, isRunning }: RunOutline): RunHistoryEntry {
  const startedAt = started?.startedAt ?? timeOf(runId);
  const state = isRunning ? null : (finished?.state ?? null);
  const nothing = { runId, startedAt, state, isRunning, outcome: null, leader: null, metric: null };
  if (isRunning) return { ...nothing, variants: [] };
  // Written by this product; anything else is no report.
  const report = document as unknown as Report | null;
  if (report?.kind === 'test') {
    const { passRate } = report.summary;
    return {
      ...nothing,
      state: 'finished',
      metric: 'passRate',
      variants: [{ label: 'Result', mean: passRate }],
    };
  }
  if (report?.kind !== 'abtest') return { ...nothing, variants: [] };
  const { verdict, metric, variants } = report;
  const ahead = verdict.winner ?? verdict.leader;
  return {
    ...nothing,
    outcome: verdict.outcome,
    leader: variants.find(({ id }) => id === ahead)?.label ?? null,
    metric: metric.name,
    variants: variants.map(({ label, mean }) => ({ label, mean })),
  };
}
