// Runs inside the extension host: the module that `extensionTestsPath` names.
import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { reportMark } from './reportMark.ts';

const testTimeoutMs = 30_000;

/** Runs every bundled suite beside this module; its counts go to the file that PROMPTLY_SUITE_RESULT names. */
export function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(reportMark + line);
  };
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: testTimeoutMs });
  const suites = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  for (const file of suites.sort()) mocha.addFile(path.join(__dirname, file));
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const resultFile = process.env['PROMPTLY_SUITE_RESULT'];
      if (resultFile === undefined) {
        reject(new Error('PROMPTLY_SUITE_RESULT is not set'));
        return;
      }
      writeFileSync(resultFile, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
  });
}
