import { expect, it } from 'vitest';
import { retryAfterMs } from '../../../../src/adapters/backends/retryAfter.ts';

const now = Date.parse('2026-11-23T10:00:00Z');

it.each([
  [{}, undefined],
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:07 GMT' }, 7000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-3' }, undefined],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
])('%j', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
});
