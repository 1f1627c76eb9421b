// `npm run bench`, after a build and a package: sizes, then every `*.bench.ts` of this folder. Numbers to read, not tests:
// the limits that fail are in test/package. Names of bench files may be given to run only those.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMetafile } from '../support/packaging/bundledPackages.ts';
import { limitsKiB, vsixLimitKiB } from '../support/packaging/sizeLimits.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';

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

const wanted = process.argv.slice(2);
print('Sizes', sizes());
const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.includes(name))),
);
for (const file of files.sort()) {
  const url = pathToFileURL(path.join(import.meta.dirname, file)).href;
  const { bench } = (await import(url)) as { bench?: () => Promise<Numbers> };
  if (bench === undefined) throw new Error(`${file} exports no function named bench.`);
  try {
    print(file.replace('.bench.ts', ''), await bench());
  } catch (error) {
    console.error(`${file} failed:`, error);
    process.exitCode = 1;
  }
}
