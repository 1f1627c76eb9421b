// The thread in which an editor's statistics are worked out: the one that answers the editor has no time for them.
import { workerData } from 'node:worker_threads';
import { answerInThread } from './adapters/node/answerInThread.ts';
import { createComparer, type ComparerSetup } from './core/pipeline/experiments/comparer.ts';
import type { ScoredCase } from './core/experiments/experimentSetup.ts';

/** Adds a unit of cases, or asks for the comparison. */
export type StatisticsQuestion = { readonly push: readonly ScoredCase[] } | { readonly ended: boolean };

// Started by `createEngine` alone.
const comparer = createComparer(workerData as ComparerSetup);

answerInThread((question) => {
  const asked = question as StatisticsQuestion;
  return 'push' in asked ? comparer.push(asked.push) : comparer.comparison(asked.ended);
});
