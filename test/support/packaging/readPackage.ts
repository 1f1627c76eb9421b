import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { vsixFile } from './vsixFile.ts';

/** The files of the package as an editor installs them: path below the extension's folder → bytes. */
export function readPackage(): ReadonlyMap<string, Uint8Array> {
  const prefix = 'extension/';
  const entries = Object.entries(unzipSync(readFileSync(vsixFile())));
  return new Map(
    entries
      .filter(([name]) => name.startsWith(prefix) && !name.endsWith('/'))
      .map(([name, bytes]) => [name.slice(prefix.length), bytes]),
  );
}
