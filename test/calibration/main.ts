import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
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
  'variant-coverage': () => variantCoverage(runs),
  'chance-best': () => chanceBestCalibration(Math.max(1, runs / 2)),
  'naive-rules': () => naiveRules(runs),
  power: () => power(Math.max(1, runs / 2)),
  'weak-nulls': () => weakNulls(runs),
  'difference-coverage': () => differenceCoverage(runs),
  'false-winners-two-equal': () => falseWinners('two-equal', runs),
  'false-winners-three-equal': () => falseWinners('three-equal', runs),
  'false-winners-two-tied-on-top': () => falseWinners('two-tied-on-top', runs),
};

async function writeToDocs({ id, title, markdown }: CalibrationPart): Promise<void> {
  const file = path.join(import.meta.dirname, '../../docs/statistics.md');
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- calibration:${id} -->`, `<!-- /calibration:${id} -->`];
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  if (start < 0 || stop < 0) throw new Error(`docs/statistics.md has no place for ${id}`);
  const block = `${begin}\n\n${title}:\n\n${markdown}\n\n`;
  const style = await resolveConfig(file);
  const written = text.slice(0, start) + block + text.slice(stop);
  writeFileSync(file, await format(written, { ...style, parser: 'markdown' }));
}

async function main(wanted: readonly string[]): Promise<void> {
  const failures: string[] = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
    const run = parts[name];
    if (!run) throw new Error(`no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    const started = Date.now();
    const part = run();
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`\n${part.title}\n\n${part.markdown}\n`);
    process.stdout.write(`${name}: ${seconds} s, ${part.failures.length} bars missed\n`);
    failures.push(...part.failures);
    if (runs >= 2000) await writeToDocs(part);
  }
  for (const failure of failures) process.stdout.write(`MISSED: ${failure}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
