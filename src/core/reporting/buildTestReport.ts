import type { ExperimentCell } from '../domain/experimentCell.ts';
import { cellsOfCase } from '../domain/experimentCell.ts';
import type { ExperimentPlan, PlannedCase } from '../domain/experimentPlan.ts';
import type { ReportedResult, TestReport } from '../domain/report.ts';
import { reportSchemaVersion } from '../domain/report.ts';
import { shownPath } from '../domain/shownPath.ts';
import { summarize } from './buildResult.ts';
import { modelWithoutFolder } from './modelWithoutFolder.ts';

export type ResultOf = (cell: ExperimentCell) => ReportedResult | null;

/** What the tests of prompts gave; cases that did not run are left out. */
export function buildTestReport(plan: ExperimentPlan, resultOf: ResultOf): TestReport {
  const prompts = plan.suites.map((suite, suiteIndex) => {
    const variant = plan.variants[suite.variants[0] ?? -1];
    const cases = plan.cases.flatMap((item, caseIndex) => {
      if (item.suite !== suiteIndex) return [];
      const results = cellsOfCase(plan, caseIndex)
        .map(resultOf)
        .filter((result) => result !== null);
      return results.length === 0 ? [] : [{ ...describeCase(item), results }];
    });
    const { passed, failed, errors } = summarize(cases.flatMap(({ results }) => results));
    return {
      name: suite.name,
      file: shownPath(plan.workspaceFolder, suite.path),
      backend: variant?.route.backend ?? null,
      model: variant === undefined ? null : modelWithoutFolder(variant.route.model),
      ...(suite.declared !== undefined && { declared: suite.declared }),
      passed,
      failed,
      errors,
      cases,
    };
  });
  const all = prompts.flatMap(({ cases }) => cases.flatMap(({ results }) => results));
  return { schemaVersion: reportSchemaVersion, kind: 'test', prompts, summary: summarize(all) };
}

export const describeCase = ({ id, variables, expected }: PlannedCase) => ({
  id,
  vars: variables,
  expected: expected ?? null,
});
