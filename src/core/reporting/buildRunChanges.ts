import type { ComparedMetric } from '../domain/comparison.ts';
import type { ReportedComparison } from '../domain/report.ts';
import { reportSchemaVersion } from '../domain/report.ts';
import type { RunComparison, VariantRunComparison } from '../domain/runComparison.ts';
import { describePair } from './buildAbReport.ts';

/** A variant (or the prompt of a test) in two runs; its comparison's sides are called `before` and `after`. */
export interface VariantChanges extends Pick<VariantRunComparison, 'id' | 'sentence' | 'counts' | 'changes'> {
  readonly comparison: ReportedComparison | null;
}

/** What got better and what got worse from one run of a test to a later one; `report --against --json` prints it. */
export interface RunChanges {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly kind: 'changes';
  readonly name: string;
  /** Ids of the runs. */
  readonly before: string;
  readonly after: string;
  readonly metric: ComparedMetric;
  readonly variants: readonly VariantChanges[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function buildRunChanges(
  runs: Pick<RunChanges, 'name' | 'before' | 'after' | 'metric'>,
  { variants, onlyBefore, onlyAfter }: RunComparison,
): RunChanges {
  const { name, before, after, metric } = runs;
  return {
    schemaVersion: reportSchemaVersion,
    kind: 'changes',
    name,
    before,
    after,
    metric: { name: metric.name, direction: metric.direction },
    variants: variants.map(({ id, sentence, counts, changes, comparison }) => {
      const [pair] = comparison.comparisons;
      return {
        id,
        sentence,
        counts,
        changes,
        comparison: pair === undefined ? null : describePair(pair),
      };
    }),
    onlyBefore,
    onlyAfter,
  };
}
