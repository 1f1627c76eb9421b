import { describe, expect, it } from 'vitest';
import { compareWithVector } from '../../../support/compareWithVector.ts';
import { loadVectors } from '../../../support/loadVectors.ts';
import { runOp } from '../../../support/statisticsOps.ts';

const vectors = loadVectors();

describe('statistics vectors', () => {
  it.each(vectors)('$id $note', ({ op, input, expected, tol }) => {
    expect(compareWithVector(runOp(op, input), expected, tol)).toEqual([]);
  });

  it('gives the same bytes for the same input', () => {
    const run = () => JSON.stringify(vectors.map(({ op, input }) => runOp(op, input)));
    expect(run()).toBe(run());
  });
});
