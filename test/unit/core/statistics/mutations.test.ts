import * as esbuild from 'esbuild';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithVector } from '../../../support/compareWithVector.ts';
import { loadVectors } from '../../../support/loadVectors.ts';

// Do the vectors notice when somebody gets the method wrong? Each mutation is a plausible mistake, made in a copy of the
// sources; at least one vector must fail on it.

/** [mistake, file under src/core, text to find (once), what the mistake writes instead] */
const mutations: readonly (readonly [string, string, string, string])[] = [
  ['rho 3', 'statistics/methodConstants.ts', 'spendingPower = 4', 'spendingPower = 3'],
  ['T_MIN 0', 'statistics/methodConstants.ts', 'minLooks = 20', 'minLooks = 0'],
  ['first weight .9', 'statistics/methodConstants.ts', 'firstStageWeight = 0.8', 'firstStageWeight = 0.9'],
  ['lattice 100', 'statistics/methodConstants.ts', 'fineLattice = 840', 'fineLattice = 100'],
  [
    'mid-p',
    'statistics/signFlipTest.ts',
    'this.#law.twoSidedTail(this.#law.cellOf(this.#sum))',
    'this.#law.twoSidedTail(this.#law.cellOf(this.#sum)) - this.#law.at(this.#law.cellOf(this.#sum))',
  ],
  [
    'normal instead of t in the variant interval',
    'statistics/variantInterval.ts',
    'tQuantile(1 - alpha / 2, n + 1)',
    'tQuantile(1 - alpha / 2, 1e9)',
  ],
  [
    'no pseudo-differences',
    'statistics/differenceInterval.ts',
    '[...differences, size, -size]',
    '[...differences, ...[size].slice(1)]',
  ],
  [
    'no design effect',
    'statistics/variantInterval.ts',
    '((n - 1) * rawEffect + 2) / (n + 1)',
    'rawEffect > 2 ? 2 : 1',
  ],
  [
    'Bonferroni on the winner',
    'experiments/evidence.ts',
    '=== sign ? pair.confidence : 0',
    '=== sign ? 1 - rivals.length * (1 - pair.confidence) : 0',
  ],
  [
    'no early-stop guard',
    'experiments/stoppingRule.ts',
    'if (early && !survivesLosses(evidence, leader, earlyStopLosses)) return false;',
    '',
  ],
  [
    'one guard loss instead of two',
    'statistics/methodConstants.ts',
    'earlyStopLosses = 2',
    'earlyStopLosses = 1',
  ],
  ['crossing ignored', 'statistics/pairMonitor.ts', 'crossed !== direction || ', 'crossed === 5 || '],
  ['nominal check dropped', 'statistics/pairMonitor.ts', ' || pValue > level + slack', ' || pValue > 2'],
  ['no absorption', 'statistics/pairMonitor.ts', 'law.truncate(cell);', ''],
  ['flat prior', 'statistics/differencePosterior.ts', ' - (g / priorEffectSd) ** 2 / 2', ''],
  [
    'missing ignored',
    'experiments/missingData.ts',
    'return pairsOf(evidence, leader).every(',
    'return true || pairsOf(evidence, leader).every(',
  ],
  [
    'missing as zero',
    'experiments/caseMeans.ts',
    `  }
  return present.length === 0 ? null : mean(present);`,
    `  }
  return present.length === 0 ? 0 : mean(present);`,
  ],
  [
    'ties broken by index',
    'experiments/evidence.ts',
    'return leaders.length === 1 ? (leaders[0] ?? null) : null;',
    'return leaders[0] ?? null;',
  ],
  ['one-sided p', 'statistics/foldedLaw.ts', 'return 2 * sum;', 'return sum;'],
  [
    'no interval alignment',
    'experiments/analyzeEvidence.ts',
    'return alignInterval(interval, ',
    'return ((same: Interval, _: number) => same)(interval, ',
  ],
  ['planning at .05', 'statistics/methodConstants.ts', 'planningShare = 0.6', 'planningShare = 1'],
  [
    'a dropped case not counted as a look',
    'experiments/liveMonitor.ts',
    'monitor.push(0, this.#horizons);',
    '',
  ],
  ['equivalence with s = max|d|', 'experiments/decideVerdict.ts', 'pseudo: 1, ', ''],
  ['mean instead of median latency', 'statistics/metricRatio.ts', 'median(positive)', 'mean(positive)'],
];

const root = path.resolve(import.meta.dirname, '../../../..');
const vectors = loadVectors();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'promptly-mutants-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function failingVectors(name: string, file?: string, find = '', replacement = ''): Promise<string[]> {
  const target = file && path.join(root, 'src/core', file);
  let mutated = 0;
  const mutate: esbuild.Plugin = {
    name: 'mutate',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async (args) => {
        const source = (await readFile(args.path, 'utf8')).replaceAll('\r\n', '\n');
        if (args.path !== target) return { contents: source, loader: 'ts' };
        mutated += source.split(find).length - 1;
        return { contents: source.replace(find, () => replacement), loader: 'ts' };
      });
    },
  };
  const built = await esbuild.build({
    entryPoints: [path.join(root, 'test/support/statisticsOps.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'silent',
    plugins: [mutate],
  });
  // A mutation that no longer finds its text would prove nothing.
  if (target) expect(mutated, `${name}: the text to change must occur once`).toBe(1);
  const bundle = path.join(folder, `${name.replaceAll(/\W+/g, '-')}.mjs`);
  await writeFile(bundle, built.outputFiles[0]?.contents ?? '');
  const { runOp } = (await import(/* @vite-ignore */ pathToFileURL(bundle).href)) as {
    runOp: (op: string, input: unknown) => unknown;
  };
  return vectors
    .filter(({ op, input, expected, tol }) => {
      try {
        return compareWithVector(runOp(op, input), expected, tol).length > 0;
      } catch {
        return true;
      }
    })
    .map(({ id }) => id);
}

describe('the vectors notice every mistake', () => {
  it('none fails on the sources as they are', async () => {
    expect(await failingVectors('unchanged')).toEqual([]);
  });

  it.each(mutations)('%s', async (name, file, find, replacement) => {
    const failing = await failingVectors(name, file, find, replacement);
    expect(failing.length).toBeGreaterThan(0);
    // A mistake that breaks everything would show nothing about this one.
    expect(failing.length).toBeLessThan(vectors.length);
  });
});
