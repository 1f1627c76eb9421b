import type {
  CaseChange,
  CaseChangeKind,
  RunComparison,
  VariantRunComparison,
} from '../domain/runComparison.ts';
import type { Score } from '../domain/score.ts';
import { latticeFor, toLattice } from '../statistics/lattice.ts';
import { compareVariants } from './compareVariants.ts';
import type { ValueScale } from './decisionRule.ts';
import { displayMean } from './displayValues.ts';
import type { ExperimentSetup, ScoredCase } from './experimentSetup.ts';
import { pairScores } from './pairScores.ts';
import { asPercent, asRange } from './verdictWords.ts';

/** The scores of one stored run. */
export interface ScoredRun {
  readonly variants: ExperimentSetup['variants'];
  readonly cases: readonly ScoredCase[];
}

export type RunComparisonSetup = Pick<ExperimentSetup, 'metric' | 'confidenceLevel' | 'minEffect'>;

/**
 * Compares two runs of the same test, variant by variant and case by case; cases are matched by id. The statistics are
 * those of a fixed design: both runs are over.
 */
export function compareRuns(before: ScoredRun, after: ScoredRun, setup: RunComparisonSetup): RunComparison {
  const idsOf = ({ variants }: ScoredRun) => variants.map(({ id }) => id);
  const [early, late] = [idsOf(before), idsOf(after)];
  return {
    variants: late
      .filter((id) => early.includes(id))
      .map((id) =>
        compareVariantRuns(id, casesOf(before, early.indexOf(id)), casesOf(after, late.indexOf(id)), setup),
      ),
    onlyBefore: early.filter((id) => !late.includes(id)),
    onlyAfter: late.filter((id) => !early.includes(id)),
  };
}

interface VariantCase {
  readonly group: string | undefined;
  readonly scores: readonly Score[];
}

function casesOf({ cases }: ScoredRun, variant: number): Map<string, VariantCase> {
  return new Map(cases.map(({ id, group, scores }) => [id, { group, scores: scores[variant] ?? [] }]));
}

function compareVariantRuns(
  id: string,
  before: ReadonlyMap<string, VariantCase>,
  after: ReadonlyMap<string, VariantCase>,
  { metric, confidenceLevel, minEffect }: RunComparisonSetup,
): VariantRunComparison {
  const setup: ExperimentSetup = {
    variants: [
      { id: 'before', label: 'The earlier run' },
      { id: 'after', label: 'The later run' },
    ],
    metric,
    confidenceLevel,
    minEffect,
    design: { mode: 'fixed' },
  };
  const caseIds = [...after.keys(), ...[...before.keys()].filter((caseId) => !after.has(caseId))];
  const paired = caseIds.map((caseId): ScoredCase => {
    const group = (after.get(caseId) ?? before.get(caseId))?.group;
    const scores = [before.get(caseId)?.scores ?? [], after.get(caseId)?.scores ?? []];
    return { id: caseId, scores, ...(group !== undefined && { group }) };
  });
  const changes = paired.map((scored) =>
    describeChange(scored, setup, before.has(scored.id), after.has(scored.id), paired.length),
  );
  const counts = countKinds(changes);
  const comparison = compareVariants(
    setup,
    paired.filter(({ id: caseId }) => before.has(caseId) && after.has(caseId)),
  );
  return { id, changes, counts, comparison, sentence: changeSentence(counts, comparison, metric.scale) };
}

function describeChange(
  scored: ScoredCase,
  setup: ExperimentSetup,
  wasThere: boolean,
  isThere: boolean,
  cases: number,
): CaseChange {
  const [before = null, after = null] = pairScores([scored], setup);
  const shown = (value: number | null) => (value === null ? null : displayMean(value, setup.metric));
  const kindOf = (): CaseChangeKind => {
    if (!wasThere) return 'added';
    if (!isThere) return 'removed';
    if (before === null || after === null) return 'unscored';
    const difference = after - before;
    // Times are never the same twice: less than the smallest difference worth having is no change.
    const changed =
      setup.metric.scale === 'log'
        ? Math.abs(difference) >= Math.log1p(setup.minEffect)
        : toLattice(difference, latticeFor(cases)) !== 0;
    if (!changed) return 'same';
    return difference > 0 ? 'better' : 'worse';
  };
  return { caseId: scored.id, kind: kindOf(), before: shown(before), after: shown(after) };
}

function countKinds(changes: readonly CaseChange[]): Record<CaseChangeKind, number> {
  const counts = { better: 0, worse: 0, same: 0, added: 0, removed: 0, unscored: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

function changeSentence(
  { better, worse, same, added, removed, unscored }: Record<CaseChangeKind, number>,
  { comparisons }: VariantRunComparison['comparison'],
  scale: ValueScale,
): string {
  const rest = [
    [added, 'new'],
    [removed, 'gone'],
    [unscored, 'without a score'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `, ${count} ${what}`)
    .join('');
  const counted = `${better} better, ${worse} worse, ${same} the same${rest}.`;
  const [pair] = comparisons;
  if (!pair || pair.n === 0) return counted;
  if (pair.better === null) return `${counted} Nothing that could not be chance.`;
  const { low, high } = pair.interval;
  const unit = scale === 'log' ? '%' : ' points';
  const word = pair.better === 'after' ? 'Better' : 'Worse';
  return `${counted} ${word} than before, confidence ${asPercent(pair.confidence)} (${asRange(low, high)}${unit}).`;
}
