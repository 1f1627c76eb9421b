import { readFileSync } from 'node:fs';

/** An operation of the statistics with its input and the answer it must give. */
export interface StatisticsVector {
  readonly id: string;
  readonly op: string;
  readonly note: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly tol: number;
}

export function loadVectors(): readonly StatisticsVector[] {
  const file = new URL('../fixtures/statistics/vectors.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { vectors: StatisticsVector[] }).vectors;
}
