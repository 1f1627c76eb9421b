// `npm run test:integration`: the suites inside the extension host of a real VS Code. Names of suite files may be given
// as arguments to run only those.
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { addResults, writeSuiteResult, type SuiteResult } from '../support/results/suiteResult.ts';
import { suitesOf } from './bundleSuites.ts';
import { launches } from './launches.ts';
import { runLaunch } from './runLaunch.ts';

const wanted = process.argv.slice(2);
const results: SuiteResult[] = [];
const browser = await launchBrowser();
try {
  for (const launch of launches) {
    const suites = suitesOf(launch).filter(
      (file) => wanted.length === 0 || wanted.some((name) => file.includes(name)),
    );
    if (suites.length === 0) continue;
    console.log(`\n${launch.name}: ${suites.join(', ')}`);
    results.push(await runLaunch(browser, launch, suites));
  }
} finally {
  await browser.close();
}
const total = addResults(results);
writeSuiteResult('integration', total);
console.log(`\nIntegration: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
