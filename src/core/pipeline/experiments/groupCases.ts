import type { PlannedCase } from '../../domain/experimentPlan.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { TestCase } from '../../domain/testCase.ts';

/** The cases of an A/B test with their groups, or what is wrong with the key. A case without a value stands alone. */
export function groupCases(cases: readonly TestCase[], key: string | undefined): PlannedCase[] | string {
  if (key === undefined) return cases.map((item) => ({ ...item, suite: 0 }));
  const grouped = cases.map((item): PlannedCase => {
    const group = groupOf(item.variables[key]);
    return { ...item, suite: 0, ...(group !== undefined && { group }) };
  });
  if (grouped.some(({ group }) => group !== undefined)) return grouped;
  const keys = [...new Set(cases.flatMap(({ variables }) => Object.keys(variables)))].slice(0, 10);
  const known = keys.length === 0 ? 'They have no keys.' : `Their keys: ${keys.join(', ')}.`;
  return `The cases have no "${key}" to group them by. ${known}`;
}

function groupOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
