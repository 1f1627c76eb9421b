import type { HumanLabel } from '../domain/humanLabel.ts';
import type { Report, ReportedResult } from '../domain/report.ts';

/** How often an evaluator and a person say the same of an output. */
export interface LabelAgreement {
  /** The evaluator's name; null: all of them together, the result's own pass or fail. */
  readonly evaluator: string | null;
  /** Outputs with a label that the evaluator passed or failed. */
  readonly n: number;
  /** 0..n */
  readonly agreed: number;
  /** −1..1; null where it says nothing: no outputs, or both sides always say the same one thing. */
  readonly kappa: number | null;
}

/** Counts of a person's good and bad against an evaluator's passed and not passed. */
export interface AgreementTable {
  readonly goodPassed: number;
  readonly goodFailed: number;
  readonly badPassed: number;
  readonly badFailed: number;
}

/**
 * Cohen's kappa (1960): agreement beyond what two raters who each keep to their own share of yes would have by chance,
 * (p₀ − pₑ) / (1 − pₑ). 1 is full agreement, 0 no more than chance.
 *
 * @returns −1..1; null for an empty table and where chance alone gives full agreement
 */
export function cohensKappa({ goodPassed, goodFailed, badPassed, badFailed }: AgreementTable): number | null {
  const n = goodPassed + goodFailed + badPassed + badFailed;
  if (n === 0) return null;
  const observed = (goodPassed + badFailed) / n;
  const good = (goodPassed + goodFailed) / n;
  const passed = (goodPassed + badPassed) / n;
  const byChance = good * passed + (1 - good) * (1 - passed);
  return byChance >= 1 ? null : (observed - byChance) / (1 - byChance);
}

/** What each evaluator makes of the outputs that a person has labelled, in the order of their first appearance. */
export function labelAgreement(report: Report, labels: readonly HumanLabel[]): readonly LabelAgreement[] {
  const tables = new Map<string | null, AgreementTable>([[null, empty]]);
  const resultOf = resultFinder(report);
  for (const label of labels) {
    const result = resultOf(label);
    if (result === undefined) continue;
    count(tables, null, label, result.passed);
    for (const { name, passed } of result.evaluations) count(tables, name, label, passed);
  }
  return [...tables].map(([evaluator, table]) => {
    const { goodPassed, goodFailed, badPassed, badFailed } = table;
    const n = goodPassed + goodFailed + badPassed + badFailed;
    return { evaluator, n, agreed: goodPassed + badFailed, kappa: cohensKappa(table) };
  });
}

const empty: AgreementTable = { goodPassed: 0, goodFailed: 0, badPassed: 0, badFailed: 0 };

function count(
  tables: Map<string | null, AgreementTable>,
  evaluator: string | null,
  { label }: HumanLabel,
  passed: boolean | null,
): void {
  if (passed === null) return;
  const table = tables.get(evaluator) ?? empty;
  const key = `${label}${passed ? 'Passed' : 'Failed'}` as const;
  tables.set(evaluator, { ...table, [key]: table[key] + 1 });
}

/** Outputs by case, column and repetition, as the panel and the labels name them. */
function resultFinder(report: Report): (label: HumanLabel) => ReportedResult | undefined {
  const cases = new Map<string, Readonly<Record<string, readonly ReportedResult[]>>>();
  if (report.kind === 'abtest') for (const { id, results } of report.cases) cases.set(id, results);
  else {
    const several = report.prompts.length > 1;
    for (const { name, cases: tested } of report.prompts) {
      for (const { id, results } of tested) cases.set(several ? `${name}/${id}` : id, { result: results });
    }
  }
  return ({ caseId, variant, repetition }) => cases.get(caseId)?.[variant]?.[repetition];
}
