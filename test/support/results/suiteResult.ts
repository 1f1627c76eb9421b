import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';

/** Counts of one suite; `runAll.mjs` reads and adds them up. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const artifactsFolder = path.join(repositoryRoot, 'artifacts');

export function addResults(results: readonly SuiteResult[]): SuiteResult {
  return results.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Leaves a suite's counts where the orchestrator looks for them. */
export function writeSuiteResult(suite: string, result: SuiteResult): void {
  const folder = path.join(artifactsFolder, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${suite}.json`), `${JSON.stringify(result)}\n`);
}
