import type { ParsedFile } from '../../domain/parsedFile.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { RevisionError } from '../../ports/revisions.ts';
import { lookUpStep, type StepTarget } from '../lookUpStep.ts';
import type { World } from '../pipeline.ts';

/** Commits of one file: more than that are not looked through for another place of it. */
const mostVersions = 500;

/**
 * An earlier version of `now` in `then`, the world at a revision: where the file is today, else where git says it was
 * before it was moved, else by its name. Throws `FileError` when it was nowhere.
 */
export async function lookUpThen(
  world: World,
  then: World,
  from: ParsedFile,
  workspaceFolder: string,
  now: ParsedFile,
): Promise<StepTarget> {
  try {
    return await lookUpStep(then, from, now.path, []);
  } catch (error) {
    if (!isMissing(error)) throw error;
    for (const place of [...(await formerPlaces(world, workspaceFolder, now.path)), now.name]) {
      const target = await lookUpStep(then, from, place, []).catch((again: unknown) => {
        if (isMissing(again)) return null;
        throw again;
      });
      // A name that nothing had then says less than the place that is empty.
      if (target !== null && !(target.status === 'problem' && target.code === 'unknown-prompt'))
        return target;
    }
    throw error;
  }
}

const isMissing = (error: unknown): boolean => FileError.is(error) && error.reason === 'not-found';

async function formerPlaces(world: World, workspaceFolder: string, path: string): Promise<Set<string>> {
  try {
    const versions = (await world.revisions?.history(workspaceFolder, path, mostVersions)) ?? [];
    return new Set(versions.map((version) => version.path).filter((place) => place !== path));
  } catch (error) {
    if (RevisionError.is(error)) return new Set();
    throw error;
  }
}
