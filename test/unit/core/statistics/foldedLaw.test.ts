import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FoldedLaw } from '../../../../src/core/statistics/foldedLaw.ts';

/** P(|Σ ± a| = s) for s ≥ 0, by going through all signs; as the folded law has it, half the mass of ±s at s. */
function enumerated(magnitudes: readonly number[]): Map<number, number> {
  const law = new Map<number, number>();
  const share = 1 / 2 ** magnitudes.length;
  for (let signs = 0; signs < 2 ** magnitudes.length; signs += 1) {
    const sum = magnitudes.reduce((total, a, i) => total + ((signs >> i) & 1 ? a : -a), 0);
    if (sum >= 0) law.set(sum, (law.get(sum) ?? 0) + share);
  }
  return law;
}

function expectLaw(law: FoldedLaw, magnitudes: readonly number[]): void {
  const known = enumerated(magnitudes);
  const most = magnitudes.reduce((sum, a) => sum + a, 0);
  for (let sum = 0; sum <= most; sum += 1) {
    const cell = law.cellOf(sum);
    const found = Number.isInteger(cell) ? law.at(cell) : 0;
    expect(found).toBeCloseTo(known.get(sum) ?? 0, 14);
  }
}

const magnitudes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 });

test('the law is the one that going through all signs gives, in whatever order the terms come', () => {
  fc.assert(
    fc.property(magnitudes, (terms) => {
      const law = new FoldedLaw();
      for (const term of terms) law.step(term);
      expectLaw(law, terms);
    }),
    { numRuns: 150 },
  );
});

test('a copy and what it was made from go their own ways', () => {
  fc.assert(
    fc.property(magnitudes, magnitudes, magnitudes, (common, first, second) => {
      const law = new FoldedLaw();
      for (const term of common) law.step(term);
      const copy = law.clone();
      for (let i = 0; i < Math.max(first.length, second.length); i += 1) {
        const [own, other] = [first[i], second[i]];
        if (own !== undefined) law.step(own);
        if (other !== undefined) copy.step(other);
      }
      expectLaw(law, [...common, ...first]);
      expectLaw(copy, [...common, ...second]);
    }),
    { numRuns: 60 },
  );
});
