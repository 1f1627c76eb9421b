import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareWithVector } from '../../../support/compareWithVector.ts';
import { runOp } from '../../../support/statisticsOps.ts';

interface Vector {
  readonly id: string;
  readonly op: string;
  readonly note: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly tol: number;
}

const file = new URL('../../../fixtures/statistics/vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

describe('statistics vectors', () => {
  it.each(vectors)('$id $note', ({ op, input, expected, tol }) => {
    expect(compareWithVector(runOp(op, input), expected, tol)).toEqual([]);
  });

  it('gives the same bytes for the same input', () => {
    const run = () => JSON.stringify(vectors.map(({ op, input }) => runOp(op, input)));
    expect(run()).toBe(run());
  });
});
