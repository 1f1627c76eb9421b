import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';
import { bundledPackages, type BundledPackage } from './bundledPackages.ts';

/** Licences whose terms the notices file meets. Another one needs a look by a person first. */
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSL-1.0',
]);

const isAllowed = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(/ AND | OR /)
    .every((part) => allowed.has(part));

const title = ({ name, version, licence }: BundledPackage): string => `${name} ${version} (${licence})`;

const body = ({ licence, author, texts }: BundledPackage): string =>
  texts.length > 0
    ? texts.join('\n\n')
    : `Carries no licence file; its manifest says ${licence}${author === '' ? '' : `, by ${author}`}.`;

/** Dozens of packages of one maker come with the same text, which is given once, below all their names. */
function notices(packages: readonly BundledPackage[]): readonly string[] {
  const groups = new Map<string, BundledPackage[]>();
  for (const item of packages) groups.set(body(item), [...(groups.get(body(item)) ?? []), item]);
  return [...groups].map(([text, group]) => `${group.map(title).join('\n')}\n\n${text}\n`);
}

/** Writes THIRD_PARTY_NOTICES.txt: the licence of every package of which code is in the bundles. */
export function writeNotices(): void {
  const packages = bundledPackages();
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  if (refused.length > 0) {
    const list = refused
      .map(({ name, licence }) => `${name}: ${licence === '' ? 'none stated' : licence}`)
      .join(', ');
    throw new Error(`Bundled packages under a licence that is not on the list of writeNotices.ts: ${list}`);
  }
  const rule = `\n${'-'.repeat(80)}\n\n`;
  const head = 'Promptly contains code of the following packages, under the licences given with each.\n';
  const text = [head, ...notices(packages)].join(rule);
  writeFileSync(path.join(repositoryRoot, 'THIRD_PARTY_NOTICES.txt'), text.replaceAll('\r\n', '\n'));
}
