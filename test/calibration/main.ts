import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CalibrationPart } from './calibrationReport.ts';
import { chanceBestCalibration } from './chanceBest.ts';
import { differenceCoverage, variantCoverage } from './coverage.ts';
import { falseWinners, naiveRules } from './falseWinners.ts';
import { power } from './power.ts';
import { weakNulls } from './weakNulls.ts';

// Simulates what docs/statistics.md claims, on the product's own functions, and writes the tables there. Seeded: the
// same tables every time. CALIBRATION_RUNS (default 2000) sets the runs per cell; names of parts as arguments run only
// those. Fewer runs check but do not write.
const runs = Number(process.env['CALIBRATION_RUNS'] ?? 2000);
const parts: Record<string, () => CalibrationPart> = {
  'naive-rules': () => naiveRules(runs),
  power: () => power(Math.max(1, runs / 2)),
  'weak-nulls': () => weakNulls(runs),
  'difference-coverage': () => differenceCoverage(runs),
  'variant-coverage': () => variantCoverage(runs),
  'chance-best': () => chanceBestCalibration(Math.max(1, runs / 2)),
  'false-winners': () => falseWinners(runs),
};

function writeToDocs({ id, title, markdown }: CalibrationPart): void {
  const file = path.join(import.meta.dirname, '../../docs/statistics.md');
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- calibration:${id} -->`, `<!-- /calibration:${id} -->`];
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  if (start < 0 || stop < 0) throw new Error(`docs/statistics.md has no place for ${id}`);
  const block = `${begin}\n\n${title}:\n\n${markdown}\n\n`;
  writeFileSync(file, text.slice(0, start) + block + text.slice(stop));
}

const wanted = process.argv.slice(2);
const failures: string[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  const part = run();
  process.stdout.write(`\n${part.title}\n\n${part.markdown}\n`);
  process.stdout.write(
    `${name}: ${Math.round((Date.now() - started) / 1000)} s, ${part.failures.length} bars missed\n`,
  );
  failures.push(...part.failures);
  if (runs >= 2000) writeToDocs(part);
}
for (const failure of failures) process.stdout.write(`MISSED: ${failure}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
