// `npm test`: everything that needs no model, from a fresh clone. Installs what is missing, runs every suite, and ends
// with one line that adds them up. Names of suites may be given to run only those. Node built-ins only.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies, root, run, wasStopped } from './ensureDependencies.mjs';

const results = path.join(root, 'artifacts', 'results');
const resultOf = (suite) => path.join(results, `${suite}.json`);
const script = (file, ...args) => ['--import', 'tsx', file, ...args];
const vitest = (suite, ...args) => [
  path.join('node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...args,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${resultOf(suite)}`,
];

/** In order; a step without `suite` prepares the next ones, which are pointless if it fails. */
const steps = [
  { title: 'Build', args: ['esbuild.mjs'] },
  { suite: 'unit', title: 'Unit, contract and host tests', args: vitest('unit') },
  {
    suite: 'webview',
    title: 'The side panel in a real browser',
    args: vitest('webview', '--config', 'test/webview/vitest.config.ts'),
  },
  { title: 'Package', args: script('test/support/packaging/package.ts') },
  {
    suite: 'package',
    title: 'What the package holds',
    args: vitest('package', '--config', 'test/package/vitest.config.ts'),
  },
  { title: 'Parts for the editor suites', args: script('test/support/editor/fetchParts.ts') },
  {
    suite: 'integration',
    title: 'Inside a real VS Code',
    args: script('test/integration/run.ts'),
  },
  {
    suite: 'e2e',
    title: 'In a real browser, from the package',
    args: vitest('e2e', '--config', 'test/e2e/vitest.config.ts'),
  },
];

function readCounts(suite) {
  try {
    const report = JSON.parse(readFileSync(resultOf(suite), 'utf8'));
    if (report.numTotalTests === undefined) return report;
    // A test file that could not even be loaded has no tests of its own to count.
    const broken = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** A suite that crashed, or that ran no test at all, counts as one failure. */
function judge(counts, code) {
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

const plural = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

async function runSteps(wanted) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  for (const { suite, title, args } of steps) {
    if (suite !== undefined && wanted.length > 0 && !wanted.includes(suite)) continue;
    console.log(`\n── ${title}`);
    const began = Date.now();
    const code = await run(process.execPath, args);
    if (wasStopped()) throw new Error('Stopped.');
    const seconds = Math.round((Date.now() - began) / 1000);
    if (suite === undefined) {
      if (code === 0) continue;
      summary.push(`${title}: failed, so what follows it did not run`);
      total.failed += 1;
      break;
    }
    const counts = judge(readCounts(suite), code);
    summary.push(`${title}: ${plural(counts)} (${seconds} s)`);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  console.log(`\n${summary.join('\n')}\n`);
  return total;
}

try {
  await ensureDependencies();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const total = await runSteps(process.argv.slice(2));
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(plural(total));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  console.log(plural({ passed: 0, failed: 1, skipped: 0 }));
}
