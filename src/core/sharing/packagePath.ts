/** Names Windows keeps for devices, with or without an ending. */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$)(?:\..*)?$/i;
const longestSegmentBytes = 200;
const longestPath = 400;

/**
 * Why a path of a package may not be written below a folder, in words; null: it may, on every system. Packages use `/`
 * and paths relative to the workspace folder.
 */
export function refusePath(path: string): string | null {
  if (path === '') return 'has no name';
  if (/[\p{Cc}\u2028\u2029]/u.test(path)) return 'has control characters in its name';
  if (/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(path))
    return 'has characters in its name that turn the direction of text';
  if (/\p{Cs}/u.test(path)) return 'has a broken character in its name';
  if (path.startsWith('\\\\') || path.startsWith('//')) return 'names another computer';
  if (/^[/\\]/.test(path)) return 'is an absolute path';
  if (/^[A-Za-z]:/.test(path)) return 'names a drive';
  if (path.includes('\\')) return 'has a backslash in its name; the paths of a package are written with /';
  if (path.length > longestPath) return `has a path of more than ${longestPath} characters`;
  for (const segment of path.split('/')) {
    const problem = refuseSegment(segment);
    if (problem !== null) return problem;
  }
  return refuseHidden(path);
}

function refuseSegment(segment: string): string | null {
  if (segment === '..') return 'leads out of its folder with ..';
  if (segment === '__proto__') return 'has a name that programs take for something else';
  if (segment === '' || segment === '.') return 'has an empty part in its path';
  if (device.test(segment)) return `has a part that Windows keeps for a device (${segment})`;
  if (/[<>:"|?*]/.test(segment))
    return `has a character in its name that Windows does not allow (${segment})`;
  if (/[. ]$/.test(segment)) return `has a part that ends with a dot or a blank (${segment})`;
  if (new TextEncoder().encode(segment).length > longestSegmentBytes) return 'has a name that is too long';
  return null;
}

/** Programs read their orders from hidden folders: hooks of git, tasks of the editor. */
function refuseHidden(path: string): string | null {
  const segments = path.split('/');
  const isPromptFolder = segments[0] === '.github' && segments[1] === 'prompts';
  const hidden = segments.slice(isPromptFolder ? 2 : 0).find((segment) => segment.startsWith('.'));
  if (hidden !== undefined) return `lies in a hidden place (${hidden}), from which programs take orders`;
  return segments.includes('node_modules') ? 'lies in node_modules, from which programs are run' : null;
}

/** The same for names that a file system may take for one: case and Unicode form do not count. */
export const foldPath = (path: string): string =>
  path.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');

/** Paths of which a file system may take two for one, and a file that another path needs as a folder. */
export function findCollisions(
  paths: readonly string[],
): { readonly path: string; readonly message: string }[] {
  const found: { path: string; message: string }[] = [];
  const seen = new Map<string, string>();
  for (const path of paths) {
    const folded = foldPath(path);
    const other = seen.get(folded);
    if (other === path) found.push({ path, message: 'is there twice' });
    else if (other !== undefined) {
      found.push({ path, message: `differs from ${other} only in case or in the form of its letters` });
    }
    seen.set(folded, path);
  }
  const folders = new Map<string, string>();
  for (const path of paths) {
    const segments = path.split('/');
    for (let length = 1; length < segments.length; length++) {
      const folder = segments.slice(0, length).join('/');
      const asFile = seen.get(foldPath(folder));
      if (asFile !== undefined)
        found.push({ path, message: `needs ${asFile} to be a folder, which is a file` });
      const twin = folders.get(foldPath(folder));
      if (twin !== undefined && twin !== folder) {
        found.push({
          path,
          message: `lies in a folder that differs from ${twin} only in case or in the form of its letters`,
        });
      }
      folders.set(foldPath(folder), folder);
    }
  }
  return found;
}
