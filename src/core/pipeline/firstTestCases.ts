import type { TestCase } from '../domain/testCase.ts';
import { readTestData, testDataFormatOf } from '../formats/testData/readTestData.ts';
import type { FileSystem } from '../ports/fileSystem.ts';
import { FileError } from '../ports/fileSystem.ts';
import { resolveWorkspaceFile } from './readWorkspaceFile.ts';

export interface TestDataPlace {
  readonly promptPath: string;
  readonly workspaceFolder: string;
  /** `testDataFile`, as the prompt file names it. */
  readonly relative: string;
  /** Cases of the prompt file itself, which come first. */
  readonly casesBefore: number;
}

/**
 * The first cases of a data file, to choose from: csv, tsv and jsonl are read no further than that. Rows that are wrong
 * are left out, and a file that cannot be read has none; checking and testing say what is wrong with it.
 */
export async function firstTestCases(
  files: FileSystem,
  place: TestDataPlace,
  limit: number,
): Promise<readonly TestCase[]> {
  const format = testDataFormatOf(place.relative);
  if (format === null) return [];
  const resolved = await resolveWorkspaceFile(files, { ...place, maxBytes: Number.MAX_SAFE_INTEGER });
  if (resolved.status === 'refused') return [];
  const { path } = resolved;
  const cases: TestCase[] = [];
  try {
    const chunks = files.streamText?.(path) ?? wholeOf(files, path);
    for await (const item of readTestData(chunks, format, place.casesBefore + 1)) {
      if ('case' in item) cases.push(item.case);
      if (cases.length >= limit) break;
    }
  } catch (error) {
    if (!FileError.is(error)) throw error;
  }
  return cases;
}

async function* wholeOf(files: FileSystem, path: string): AsyncGenerator<string> {
  yield await files.readText(path);
}
