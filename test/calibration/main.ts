import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { CalibrationPart } from './calibrationReport.ts';
import { parts } from './parts.ts';
import { runJobs, type Job } from './runJobs.ts';

// Simulates what docs/statistics.md claims, on the product's own functions and on all cores. Seeded: the same tables
// every time. `npm run test:calibration` takes some minutes and checks the bars with the error of so few runs; `-- --full`
// takes 2,000 runs per cell and writes the tables to the page; `--runs N` and names of parts narrow it down.
const defaultRuns = 200;
const fullRuns = 2000;

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

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { full: { type: 'boolean' }, runs: { type: 'string' }, write: { type: 'boolean' } },
  });
  const runs = Number(values.runs ?? (values.full === true ? fullRuns : defaultRuns));
  const names = positionals.length > 0 ? positionals : Object.keys(parts);
  const wanted = names.map((name) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    return { name, part, runs: Math.max(1, Math.round(runs * part.share)) };
  });
  const jobs = wanted.flatMap(({ name, part, runs: own }) =>
    Array.from({ length: part.jobs.jobs }, (_, job): Job => ({ part: name, job, runs: own })),
  );
  const startedMs = Date.now();
  const results = await runJobs(jobs, (done) =>
    process.stderr.write(`${done}/${jobs.length} ${Math.round((Date.now() - startedMs) / 1000)} s\n`),
  );
  const failures: string[] = [];
  for (const { name, part, runs: own } of wanted) {
    const found = part.jobs.finish(
      results.filter((_, at) => jobs[at]?.part === name),
      own,
    );
    process.stdout.write(`\n${found.title}\n\n${found.markdown}\n`);
    failures.push(...found.failures);
    if (runs >= fullRuns || values.write === true) await writeToDocs(found);
  }
  for (const failure of failures) process.stdout.write(`MISSED: ${failure}\n`);
  process.stdout.write(`${failures.length} bars missed, ${Math.round((Date.now() - startedMs) / 1000)} s\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
