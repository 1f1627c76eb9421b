import type { ExperimentPlan } from '../../../../core/domain/experimentPlan.ts';
import type { JsonObject } from '../../../../core/domain/json.ts';
import type { ParsedFile } from '../../../../core/domain/parsedFile.ts';
import type { TestCase } from '../../../../core/domain/testCase.ts';
import type { SetupPreview } from '../../../../protocol/setup.ts';
import { valueText } from '../toPanelReport.ts';

const shownRows = 5;
/** Nobody needs the exact number of more, and counting reads the whole file. */
export const countedAtMost = 10_000;
const shownCharacters = 300;

/** The first of some cases, as a table. */
export function toPreview(cases: readonly TestCase[], from: string): SetupPreview {
  const shown = cases.slice(0, shownRows);
  const hasExpected = cases.some(({ expected }) => expected !== undefined);
  const names = [...new Set(shown.flatMap(({ variables }) => Object.keys(variables)))];
  return {
    from,
    columns: [...names, ...(hasExpected ? ['expected'] : [])],
    rows: shown.map(({ variables, expected = '' }) => [
      ...names.map((name) => valueText(variables[name] ?? '', shownCharacters)),
      ...(hasExpected ? [expected.slice(0, shownCharacters)] : []),
    ]),
    count: Math.min(cases.length, countedAtMost),
    more: cases.length > countedAtMost,
  };
}

/** The cases that a test without its own takes: as planned, else those in the first variant's file. */
export function inheritedPreview(
  value: JsonObject,
  plan: ExperimentPlan | undefined,
  first: ParsedFile | undefined,
  relative: (path: string) => string,
): SetupPreview | null {
  if (value['testData'] !== undefined || value['testDataFile'] !== undefined) return null;
  const from = first === undefined ? '' : relative(first.path);
  if (plan !== undefined) return toPreview(plan.cases, from);
  const file = first?.file;
  return file === undefined || file === null ? null : toPreview(file.testData ?? [], from);
}
