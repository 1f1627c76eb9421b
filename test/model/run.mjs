// `npm run test:model`: prompts on a real model. An Ollama when OLLAMA_HOST is set, else the embedded one.
// Fails, never skips, when no model can be had.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies, root, run } from '../support/ensureDependencies.mjs';

const report = path.join(root, 'artifacts', 'results', 'model.json');

function readCounts() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

await ensureDependencies();
rmSync(report, { force: true });
mkdirSync(path.dirname(report), { recursive: true });
let code = await run(process.execPath, ['esbuild.mjs']);
// The suite opens the packaged extension in a real editor, too.
if (code === 0) code = await run(process.execPath, ['--import', 'tsx', 'test/support/packaging/package.ts']);
if (code === 0) {
  const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  code = await run(process.execPath, [
    vitest,
    'run',
    '--config',
    'test/model/vitest.config.ts',
    ...reporters,
    ...process.argv.slice(2),
  ]);
}
const counts = readCounts();
if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
