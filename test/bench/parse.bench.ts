import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePromptFile } from '../../src/core/formats/parsePromptFile.ts';
import { scanHeader } from '../../src/core/formats/scanHeader.ts';

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Reading prompt files: the index of 5,000 headers and one edit of an open file. */
export function bench(): Promise<Record<string, number | string>> {
  const fixture = path.join(import.meta.dirname, '../fixtures/promptFiles/skill.prompt.yaml');
  const text = readFileSync(fixture, 'utf8');
  const headersMs = timed(() => {
    for (let index = 0; index < 5000; index++) scanHeader(`${text}# ${index}\n`, 'a.prompt.yaml');
  });
  const edits = Array.from({ length: 50 }, (_, index) =>
    timed(() => parsePromptFile(`${text}# ${index}\n`, 'a.prompt.yaml')),
  );
  return Promise.resolve({
    'parse: 5,000 headers, ms': Math.round(headersMs),
    'parse: one file after an edit, median ms': Number(median(edits).toFixed(2)),
  });
}
