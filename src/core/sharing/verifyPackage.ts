import type { SharedFile, SharingNotice } from '../domain/sharing.ts';
import { isPromptFile } from '../domain/sharing.ts';
import { manifestPath, readManifest, type ManifestFile, type PackageManifest } from './packageManifest.ts';
import { findCollisions, refusePath } from './packagePath.ts';

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type VerifiedPackage =
  | { readonly status: 'sound'; readonly manifest: PackageManifest; readonly files: readonly SharedFile[] }
  | { readonly status: 'refused'; readonly problems: readonly SharingNotice[] };

const mostProblems = 50;

/**
 * Whether a package is what its manifest says: every entry listed, every listed file there with its size and checksum,
 * and no path that could leave the folder it is unpacked in or meet another one there. All problems at once.
 */
export function verifyPackage(
  entries: readonly Entry[],
  sha256: (bytes: Uint8Array) => string,
): VerifiedPackage {
  const paths = [
    ...entries.flatMap(({ name }) => wrongPath(name)),
    ...findCollisions(entries.map(({ name }) => name)).map(({ path, message }) =>
      about(path, `${message}. ${remake}`),
    ),
  ];
  const own = entries.find(({ name }) => name === manifestPath);
  if (own === undefined) {
    const message = `There is no ${manifestPath} in it, so this is no package of Promptly. Packages are made by \`promptly export\` or "Promptly: Export Prompts…".`;
    return refused([...paths, { file: manifestPath, line: null, message }]);
  }
  const reading = readManifest(new TextDecoder().decode(own.bytes));
  if (reading.status === 'refused') {
    return refused([...paths, { file: manifestPath, line: null, message: reading.message }]);
  }
  const { manifest } = reading;
  const listed = [
    ...manifest.files.flatMap(({ path }) => wrongPath(path)),
    ...findCollisions(manifest.files.map(({ path }) => path)).map(({ path, message }) =>
      about(path, `${message} in the manifest. ${remake}`),
    ),
  ];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const contents = manifest.files.flatMap((file) => wrongContent(file, byName.get(file.path), sha256));
  const known = new Set([manifestPath, ...manifest.files.map(({ path }) => path)]);
  const unlisted = entries
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => about(name, `is not listed in the manifest. ${remake}`));
  const problems = [...paths, ...listed, ...contents, ...unlisted];
  if (problems.length > 0) return refused(problems);
  const files = manifest.files.map(({ path, kind }) => ({
    path,
    kind,
    bytes: byName.get(path)?.bytes ?? new Uint8Array(),
  }));
  return { status: 'sound', manifest, files };
}

const remake = 'The package was changed or made by another program: ask for a new one.';

const wrongPath = (path: string): SharingNotice[] => {
  const problem = refusePath(path);
  return problem === null ? [] : [about(path, `${problem}. ${remake}`)];
};

function wrongContent(
  file: ManifestFile,
  entry: Entry | undefined,
  sha256: (bytes: Uint8Array) => string,
): SharingNotice[] {
  const { path, kind, size } = file;
  const isPromptKind = kind !== 'attachment' && kind !== 'data' && kind !== 'script';
  if (isPromptKind !== isPromptFile(path)) {
    return [about(path, `is said to be of kind ${kind}, which its name does not fit. ${remake}`)];
  }
  if (entry === undefined) return [about(path, `is listed but not in the package. ${remake}`)];
  if (entry.bytes.length !== size) {
    return [about(path, `has ${entry.bytes.length} bytes where the manifest says ${size}. ${remake}`)];
  }
  if (sha256(entry.bytes) !== file.sha256) {
    return [about(path, `does not have the checksum that the manifest says. ${remake}`)];
  }
  return [];
}

/** Names of hostile packages are shown as one line of plain characters. */
function about(path: string, message: string): SharingNotice {
  const plain = path.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\uFFFD');
  const file = plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
  return { file, line: null, message: `${file === '' ? 'An entry' : file} ${message}` };
}

const refused = (problems: readonly SharingNotice[]): VerifiedPackage => {
  const unique = [...new Map(problems.map((problem) => [problem.message, problem])).values()];
  return { status: 'refused', problems: unique.slice(0, mostProblems) };
};
