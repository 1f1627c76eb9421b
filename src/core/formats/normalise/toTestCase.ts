import type { JsonObject } from '../../domain/json.ts';
import { renderValue } from '../../domain/template.ts';
import type { TestCase } from '../../domain/testCase.ts';

/**
 * One map of test data → a case. `ordinal` counts from 1 over all data of a file; `expectedText` is the source text of
 * `expected` where that is a scalar. A case's own `id` names it and stays a variable.
 */
export function toTestCase(data: JsonObject, ordinal: number, expectedText?: string): TestCase {
  const { expected, ...variables } = data;
  const { id } = data;
  const ownId = typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
  const caseId = ownId === '' ? `case-${ordinal}` : ownId;
  if (expected === undefined || expected === null) return { id: caseId, variables };
  return { id: caseId, variables, expected: expectedText ?? renderValue(expected) };
}

/** The key that is `expected` but for its case, where a case has no `expected`: it looks like one and scores nothing. */
export function misspelledExpected(data: JsonObject): string | null {
  if (Object.hasOwn(data, 'expected')) return null;
  return Object.keys(data).find((key) => key.trim().toLowerCase() === 'expected') ?? null;
}

export const aboutMisspelled = (key: string): string =>
  `\`${key}\` is a variable like any other, and no answer is compared with it: the reference answer is called \`expected\`, in small letters.`;

/** Gives out each id once: a repeated one gets `#2`, `#3` … */
export class CaseIds {
  private readonly seen = new Map<string, number>();

  unique(testCase: TestCase): TestCase {
    const count = (this.seen.get(testCase.id) ?? 0) + 1;
    this.seen.set(testCase.id, count);
    if (count === 1) return testCase;
    const renamed = this.unique({ ...testCase, id: `${testCase.id}#${count}` });
    return renamed;
  }
}
