import { expect, test } from 'vitest';
import { parseReport } from '../../../../../src/core/reporting/reportSchema.ts';
import { readReport } from '../../../../../src/hosts/vscode/panel/readReport.ts';
import { sampleReport } from '../../../../support/panel/sampleReport.ts';
import { withoutOneField } from '../../../../support/panel/withoutOneField.ts';
import { abReport, testReport } from '../../../../support/reports.ts';

test.each([abReport, testReport, sampleReport()])(
  'a report of kind $kind is read as it was written',
  (report) => {
    expect(readReport(JSON.stringify(report))).toEqual({
      status: 'ready',
      report: JSON.parse(JSON.stringify(report)) as unknown,
    });
  },
);

test('what the schema refuses for a missing field is refused here too', () => {
  const broken = [abReport, testReport]
    .flatMap(withoutOneField)
    .filter((value) => parseReport(value) === null);
  expect(broken.length).toBeGreaterThan(80);
  // The version is not asked for: a later one may still have every field.
  const accepted = broken.filter((value) => readReport(JSON.stringify(value)).status === 'ready');
  expect(accepted.every((value) => !('schemaVersion' in (value as object)))).toBe(true);
});

test.each(['', '{', '[]', 'null', '{"kind":"abtest"}', '{"kind":"other"}'])(
  '%j is no report, and says so',
  (text) => {
    expect(readReport(text)).toMatchObject({
      status: 'problem',
      hint: expect.stringContaining('report.json') as string,
    });
  },
);
