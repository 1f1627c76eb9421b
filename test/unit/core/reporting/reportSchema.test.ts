import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/core/domain/json.ts';
import { validateJson } from '../../../../src/core/evaluation/validateJson.ts';
import { parseReport, reportJsonSchema } from '../../../../src/core/reporting/reportSchema.ts';
import { abReport, testReport } from '../../../support/reports.ts';

const file = path.resolve(import.meta.dirname, '../../../../schemas/report.schema.json');

test('the published schema is the one in the code', async () => {
  await expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
});

test.each([testReport, abReport])(
  'a report fits the published schema and reads back as it was',
  async (report) => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as JsonObject;
    const value = JSON.parse(JSON.stringify(report)) as JsonValue;
    expect(await validateJson(value, schema)).toEqual({ status: 'valid' });
    expect(parseReport(value)).toEqual(value);
  },
);

test.each([
  null,
  {},
  { ...testReport, schemaVersion: 2 },
  { ...testReport, summary: { ...testReport.summary, passRate: 2 } },
])('anything else is no report', async (value) => {
  const schema = JSON.parse(await readFile(file, 'utf8')) as JsonObject;
  expect(parseReport(value)).toBeNull();
  expect((await validateJson(value as JsonValue, schema)).status).toBe('invalid');
});

test('the published schema refuses a field that it does not know; a stored report may have one', async () => {
  const schema = JSON.parse(await readFile(file, 'utf8')) as JsonObject;
  const value = { ...(JSON.parse(JSON.stringify(abReport)) as JsonObject), surprise: 1 };
  expect((await validateJson(value, schema)).status).toBe('invalid');
  expect(parseReport(value)?.kind).toBe('abtest');
});
