import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly licence: string;
  /** Who its package.json says made it; may be empty. */
  readonly author: string;
  /** Texts of its licence and notice files. */
  readonly texts: readonly string[];
}

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      }
    >
  >;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

export function readMetafile(): Metafile {
  return JSON.parse(readFileSync(path.join(repositoryRoot, 'dist', 'metafile.json'), 'utf8')) as Metafile;
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function licenceTexts(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
}

/** The npm packages of which some code is in the bundles, sorted by name. */
export function bundledPackages(): readonly BundledPackage[] {
  const folders = new Set<string>();
  for (const output of Object.values(readMetafile().outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = bytesInOutput > 0 ? packageFolder(input) : undefined;
      if (folder !== undefined) folders.add(folder);
    }
  }
  const packages = [...folders].flatMap((folder) => {
    const absolute = path.join(repositoryRoot, folder);
    const manifest = path.join(absolute, 'package.json');
    if (!existsSync(manifest)) return [];
    const { name, version, license, author } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
    return [
      {
        name: name ?? folder,
        version: version ?? '',
        licence: license ?? '',
        author: (typeof author === 'string' ? author : author?.name) ?? '',
        texts: licenceTexts(absolute),
      },
    ];
  });
  return packages.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
