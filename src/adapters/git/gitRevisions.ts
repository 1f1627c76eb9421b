import path from 'node:path';
import { FileError } from '../../core/ports/fileSystem.ts';
import type { Revision, Revisions } from '../../core/ports/revisions.ts';
import { RevisionError } from '../../core/ports/revisions.ts';
import { createGit, type Git } from './runGit.ts';

/** Revisions read through git itself: plumbing only, which runs no filters, hooks or programs of the repository. */
export function createGitRevisions(environment: NodeJS.ProcessEnv): Revisions {
  return {
    async open(folder, ref) {
      const git = await createGit(folder, environment);
      const inside = await git(['rev-parse', '--is-inside-work-tree']);
      if (inside.status !== 0) {
        throw new RevisionError(
          'not-a-repository',
          `${folder} is not in a git repository, so it has no earlier versions.`,
        );
      }
      const parsed = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
      if (parsed.status !== 0 || ref.trim() === '') throw unknownRef(ref);
      return createRevision(git, folder, ref, parsed.output.toString('utf8').trim());
    },
  };
}

const unknownRef = (ref: string): RevisionError =>
  new RevisionError(
    'unknown-ref',
    `There is no revision "${ref}" here. Branches, tags, HEAD~1 and hashes work; in a shallow clone, fetch it first.`,
  );

function createRevision(git: Git, folder: string, ref: string, commit: string): Revision {
  const nameOf = (file: string): string => {
    const relative = path.relative(folder, file).replaceAll('\\', '/');
    return `./${relative}`;
  };
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
