// `npm run bench`, after a build and a package: sizes, then every `*.bench.ts` of this folder. Numbers to read, not tests:
// the limits that fail are in test/package. Names of bench files may be given to run only those.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMetafile } from '../support/packaging/bundledPackages.ts';
import { limitsKiB, vsixLimitKiB } from '../support/packaging/sizeLimits.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';

/** No bench may hold up the others. */
const limitSeconds = 150;

type Numbers = Readonly<Record<string, number | string>>;

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

function sizes(): Numbers {
  const rows = Object.entries(readMetafile().outputs)
    .filter(([file]) => file.endsWith('.js'))
    .map(([file, { bytes }]) => {
      const name = path.posix.basename(file);
      return [`${name} (KiB)`, `${kib(bytes)} of ${limitsKiB[name] ?? '?'}`] as const;
    });
  const vsix = statSync(vsixFile()).size;
  return { ...Object.fromEntries(rows), 'package (KiB)': `${kib(vsix)} of ${vsixLimitKiB}` };
}

function print(title: string, numbers: Numbers): void {
  console.log(`\n${title}`);
  const width = Math.max(0, ...Object.keys(numbers).map((name) => name.length));
  for (const [name, value] of Object.entries(numbers)) console.log(`  ${name.padEnd(width)}  ${value}`);
}

async function withinLimit(work: Promise<Numbers>): Promise<Numbers> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const tell = (): void => reject(new Error(`It took longer than ${limitSeconds} s and was left.`));
    timer = setTimeout(tell, limitSeconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const wanted = process.argv.slice(2);
print('Sizes', sizes());
const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.includes(name))),
);
for (const file of files.sort()) {
  const url = pathToFileURL(path.join(import.meta.dirname, file)).href;
  const { bench } = (await import(url)) as { bench?: () => Promise<Numbers> };
  if (bench === undefined) throw new Error(`${file} exports no function named bench.`);
  const began = performance.now();
  try {
    const numbers = await withinLimit(bench());
    const seconds = Math.round((performance.now() - began) / 1000);
    print(`${file.replace('.bench.ts', '')} (${seconds} s)`, numbers);
  } catch (error) {
    console.error(`${file} failed:`, error);
    process.exitCode = 1;
  }
}
// What was left behind ends with us.
process.exit();
