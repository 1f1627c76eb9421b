import type { JsonObject, JsonValue } from '../domain/json.ts';
import { sharedKinds, type SharedKind } from '../domain/sharing.ts';

/** The manifest's place in the package: its first entry. */
export const manifestPath = 'promptly-package.json';
export const packageEnding = '.promptly.zip';

export interface ManifestFile {
  readonly path: string;
  readonly kind: SharedKind;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface PackageManifest {
  readonly format: 'promptly-package';
  readonly schemaVersion: 1;
  readonly name: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly created: string;
  readonly files: readonly ManifestFile[];
}

/** Sorted and spelled in one way, so that the same files make the same bytes. */
export function renderManifest(manifest: PackageManifest): string {
  const files = manifest.files.map(({ path, kind, size, sha256 }) => ({ path, kind, size, sha256 }));
  const { format, schemaVersion, name, created } = manifest;
  return `${JSON.stringify({ format, schemaVersion, name, created, files }, null, 2)}\n`;
}

export type ManifestReading =
  | { readonly status: 'read'; readonly manifest: PackageManifest }
  | { readonly status: 'refused'; readonly message: string };

/** Reads a manifest that anybody may have written. */
export function readManifest(text: string): ManifestReading {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return refused('is no JSON: the package is damaged. Ask for it again');
  }
  const object = isObject(value) ? value : {};
  if (object['format'] !== 'promptly-package') return refused('is not that of a package of Promptly');
  const version = object['schemaVersion'];
  if (version !== 1) {
    const newer = typeof version === 'number' && version > 1;
    const help = newer ? 'Update Promptly, then import it again' : 'Ask for a package made by Promptly';
    return refused(
      `has schemaVersion ${JSON.stringify(version ?? null)}, and this Promptly reads version 1. ${help}`,
    );
  }
  const { name, created, files } = object;
  if (typeof name !== 'string' || name.length > 200) return refused('has no `name`');
  if (typeof created !== 'string' || Number.isNaN(Date.parse(created)))
    return refused('has no `created` date');
  if (!Array.isArray(files) || files.length === 0) return refused('lists no `files`');
  const read: ManifestFile[] = [];
  for (const [index, entry] of files.entries()) {
    const file = readFile(entry);
    if (file === null) return refused(`is wrong at files[${index}]: it takes path, kind, size and sha256`);
    read.push(file);
  }
  return {
    status: 'read',
    manifest: { format: 'promptly-package', schemaVersion: 1, name, created, files: read },
  };
}

function readFile(entry: JsonValue): ManifestFile | null {
  if (!isObject(entry)) return null;
  const { path, kind, size, sha256 } = entry;
  const known = sharedKinds.find((each) => each === kind);
  if (typeof path !== 'string' || known === undefined) return null;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) return null;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null;
  return { path, kind: known, size, sha256 };
}

const refused = (message: string): ManifestReading => ({
  status: 'refused',
  message: `The manifest (${manifestPath}) ${message}.`,
});

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
