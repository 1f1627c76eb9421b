import path from 'node:path';
import { FileError } from '../../core/ports/fileSystem.ts';
import type { FileVersion, Revision, Revisions } from '../../core/ports/revisions.ts';
import { RevisionError } from '../../core/ports/revisions.ts';
import { createGit, type Git } from './runGit.ts';

/** Revisions read through git itself: plumbing only, which runs no filters, hooks or programs of the repository. */
export function createGitRevisions(environment: NodeJS.ProcessEnv): Revisions {
  return {
    async open(workspaceFolder, ref, near) {
      const folder =
        near === undefined ? workspaceFolder : await folderOf(near, workspaceFolder, environment);
      const git = await openRepository(folder, environment);
      const parsed = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
      if (parsed.status !== 0 || ref.trim() === '') throw unknownRef(ref);
      return createRevision(git, folder, ref, parsed.output.toString('utf8').trim());
    },
    async history(workspaceFolder, file, limit) {
      const folder = await folderOf(file, workspaceFolder, environment);
      const git = await openRepository(folder, environment);
      const prefix = await git(['rev-parse', '--show-prefix']);
      const name = relativeName(folder, file);
      const logged = await git([...logArguments, `--max-count=${limit}`, '--', name]);
      // A repository without a commit, for one.
      if (logged.status !== 0) return [];
      return readLog(logged.output.toString('utf8'), folder, prefix.output.toString('utf8').trim(), file);
    },
  };
}

/** Nothing of the repository's own configuration may start a program: no pager, signatures, filters or diff drivers. */
const logArguments = [
  '--no-pager',
  // A file's name is no pattern.
  '--literal-pathspecs',
  'log',
  '--follow',
  '--name-only',
  '--no-show-signature',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  '--encoding=UTF-8',
  '-z',
  '--format=%H%x00%aI%x00%an%x00%s',
] as const;

/** The folder itself, or that of a repository inside it which the file belongs to: a submodule. */
async function folderOf(file: string, folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const own = path.dirname(file);
  const git = await createGit(own, environment);
  // The file's folder may be gone.
  const up = await git(['rev-parse', '--show-cdup']).catch(() => null);
  if (up === null || up.status !== 0) return folder;
  const top = path.resolve(own, up.output.toString('utf8').trim());
  const inside = path.relative(folder, top);
  return inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? folder : top;
}

async function openRepository(folder: string, environment: NodeJS.ProcessEnv): Promise<Git> {
  const git = await createGit(folder, environment);
  const inside = await git(['rev-parse', '--is-inside-work-tree']);
  if (inside.status === 0) return git;
  const message = `${folder} is not in a git repository, so it has no earlier versions.`;
  throw new RevisionError('not-a-repository', message);
}

/** Hash, date, author and subject of a commit, then on a new line the file's name, which a merge may lack. */
function readLog(output: string, folder: string, prefix: string, current: string): FileVersion[] {
  const parts = output.split('\0');
  const versions: FileVersion[] = [];
  let file = current;
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [commit = '', date = '', author = '', subject = '', name = ''] = parts.slice(at, at + 5);
    if (!/^[0-9a-f]{40,64}$/.test(commit)) break;
    if (name.startsWith('\n')) {
      // Names are relative to the repository, which may begin above the folder.
      file = path.resolve(folder, path.posix.relative(prefix, name.slice(1)));
      at += 1;
    }
    versions.push({ commit, date, author, subject, path: file });
  }
  return versions;
}

/** As git takes it: with slashes, and never for an option or a pattern. */
const relativeName = (folder: string, file: string): string =>
  `./${path.relative(folder, file).replaceAll('\\', '/')}`;

const unknownRef = (ref: string): RevisionError =>
  new RevisionError(
    'unknown-ref',
    `There is no revision "${ref}" here. Branches, tags, HEAD~1 and hashes work; in a shallow clone, fetch it first.`,
  );

function createRevision(git: Git, folder: string, ref: string, commit: string): Revision {
  const nameOf = (file: string): string => relativeName(folder, file);
  return {
    commit,
    async readText(file, options = {}) {
      const name = nameOf(file);
      const shown = path.basename(file);
      const listed = await git(['ls-tree', '-l', commit, '--', name]);
      const entry = /^(\d+) (\w+) \w+ +(\d+|-)\t/.exec(listed.output.toString('utf8'));
      if (entry === null) throw new FileError('not-found', `${shown} does not exist at ${ref}.`);
      const [, mode, type, size] = entry;
      if (type !== 'blob' || mode === '120000')
        throw new FileError('other', `${shown} is no regular file at ${ref}.`);
      if (Number(size) > (options.maxBytes ?? Number.MAX_SAFE_INTEGER)) {
        throw new FileError('too-large', `${shown} is too large at ${ref}.`);
      }
      const blob = await git(['cat-file', 'blob', `${commit}:${name}`]);
      if (blob.status !== 0) throw new FileError('other', `${shown} cannot be read at ${ref}.`);
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(blob.output);
      } catch (cause) {
        throw new FileError('not-text', `${shown} is not UTF-8 text at ${ref}.`, { cause });
      }
    },
    async listPromptFiles() {
      const listed = await git(['ls-tree', '-r', '-z', '--name-only', commit]);
      return listed.output
        .toString('utf8')
        .split('\0')
        .filter((name) => /\.prompt\.ya?ml$/i.test(name))
        .map((name) => path.resolve(folder, name));
    },
  };
}
