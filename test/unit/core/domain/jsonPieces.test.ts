import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../../../src/core/domain/jsonPieces.ts';

function expectSame(document: unknown): void {
  expect([...jsonPieces(document)].join('')).toBe(`${JSON.stringify(document, null, 2)}\n`);
}

test('the pieces together are the text that JSON.stringify gives', () => {
  fc.assert(fc.property(fc.jsonValue(), expectSame));
  const long = fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 95, maxLength: 210 });
  const part = fc.oneof(long, fc.string(), fc.constant(undefined));
  fc.assert(fc.property(fc.dictionary(fc.string(), part, { maxKeys: 4 }), expectSame), { numRuns: 50 });
});

test('a long list comes in pieces that do not grow with it', () => {
  const cases = Array.from({ length: 5_000 }, (_, id) => ({ id, output: 'x'.repeat(1_000) }));
  const lengths = [...jsonPieces({ schemaVersion: 1, cases })].map(({ length }) => length);
  expect(lengths.length).toBeGreaterThan(10);
  expect(Math.max(...lengths)).toBeLessThan(500_000);
});
