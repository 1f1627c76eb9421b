import type { JsonValue } from '../../domain/json.ts';
import type { TestSummary } from '../../domain/report.ts';
import type { RunState } from '../../domain/runEvent.ts';
import type { VerdictOutcome } from '../../domain/verdict.ts';
import type { RunOutline } from '../../ports/runStore.ts';
import type { World } from '../pipeline.ts';

export interface RunListing {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** ISO 8601; null when its process ended before it began. */
  readonly startedAt: string | null;
  /** null: it is running, or its process was killed. */
  readonly state: RunState | null;
  /** Some process is at it, this one or another. What it found is known when it ends. */
  readonly isRunning: boolean;
  /** Of an A/B test. */
  readonly outcome: VerdictOutcome | null;
  /** Of an A/B test: the winner's label, and the verdict in words. */
  readonly winner: string | null;
  readonly sentence: string | null;
  /** Of a test: how many passed. */
  readonly summary: TestSummary | null;
  /** Of a single run: who answered. */
  readonly backend: string | null;
  readonly model: string | null;
  /** The file it is about. */
  readonly path: string;
}

export interface ListOptions {
  /** How many of the newest; default: all. */
  readonly limit?: number;
  /** Longer reports are not opened: what they say is left out. Default: no limit. */
  readonly reportLimitBytes?: number;
}

/** The runs of a workspace, newest first. */
export async function listRuns(world: World, path: string, options: ListOptions = {}): Promise<RunListing[]> {
  const store = world.runsFor?.(path) ?? null;
  const listings: RunListing[] = [];
  for (const id of (await store?.list()) ?? []) {
    if (listings.length >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
    const outline = await store?.outline(id, options.reportLimitBytes).catch(() => null);
    if (outline !== null && outline !== undefined) listings.push(toListing(outline));
  }
  return listings;
}

function toListing({
  runId,
  path,
  name,
  kind,
  started,
  finished,
  report,
  isRunning,
}: RunOutline): RunListing {
  // A run that was stopped and goes on has the report of its first part.
  const document = isRunning ? null : asObject(report);
  const verdict = asObject(document?.['verdict']);
  return {
    id: runId,
    name: started?.name ?? name ?? runId,
    kind: started?.kind ?? kind ?? 'prompt',
    startedAt: started?.startedAt ?? null,
    state: isRunning ? null : (finished?.state ?? null),
    isRunning,
    outcome: textOf(verdict?.['outcome']) as VerdictOutcome | null,
    winner: labelOf(document?.['variants'], verdict?.['winner']),
    sentence: textOf(verdict?.['sentence']),
    // Written by this product.
    summary: (asObject(document?.['summary']) as TestSummary | null) ?? null,
    backend: textOf(document?.['backend']),
    model: textOf(document?.['model']),
    path: path ?? '',
  };
}

function labelOf(variants: JsonValue | undefined, id: JsonValue | undefined): string | null {
  const all = Array.isArray(variants) ? variants.map(asObject) : [];
  return textOf(all.find((variant) => variant?.['id'] === id)?.['label']);
}

const asObject = (value: JsonValue | undefined): Readonly<Record<string, JsonValue>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);
