import type { SharedFile } from '../../domain/sharing.ts';
import { manifestPath, renderManifest, type PackageManifest } from '../../sharing/packageManifest.ts';
import type { SharingWorld } from './sharingWorld.ts';

export interface BuiltPackage {
  readonly manifest: PackageManifest;
  readonly bytes: Uint8Array;
}

/** The same files, name and date make the same bytes. `createdMs`: milliseconds since 1970. */
export function buildPackage(
  { archive, disk }: Pick<SharingWorld, 'archive' | 'disk'>,
  files: readonly SharedFile[],
  { name, createdMs }: { readonly name: string; readonly createdMs: number },
): BuiltPackage {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: PackageManifest = {
    format: 'promptly-package',
    schemaVersion: 1,
    name,
    created: `${new Date(Math.floor(createdMs / 1000) * 1000).toISOString().slice(0, 19)}Z`,
    files: sorted.map(({ path, kind, bytes }) => ({
      path,
      kind,
      size: bytes.length,
      sha256: disk.sha256(bytes),
    })),
  };
  const own = { name: manifestPath, bytes: new TextEncoder().encode(renderManifest(manifest)) };
  return {
    manifest,
    bytes: archive.write([own, ...sorted.map(({ path, bytes }) => ({ name: path, bytes }))]),
  };
}
