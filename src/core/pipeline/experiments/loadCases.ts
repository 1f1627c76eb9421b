import { startOfFile } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import type { TestCase } from '../../domain/testCase.ts';
import { problemIn } from '../../planning/planningProblem.ts';
import type { FileSystem } from '../../ports/fileSystem.ts';
import { FileError } from '../../ports/fileSystem.ts';
import type { World } from '../pipeline.ts';
import { resolveWorkspaceFile } from '../readWorkspaceFile.ts';

export interface CaseSource {
  /** The file that names the data. */
  readonly parsed: ParsedFile;
  readonly testData: readonly TestCase[];
  readonly testDataFile?: string | undefined;
}

export interface LoadedCases {
  readonly cases: readonly TestCase[];
  /** Bad rows, which do not stop the others. */
  readonly warnings: readonly FileDiagnostic[];
  /** Not empty: there is nothing to run. */
  readonly problems: readonly FileDiagnostic[];
}

const maxWarnings = 50;

/** The cases of a file and of its data file, in this order, ids unique over both. The data file is streamed. */
export async function loadCases(
  world: World,
  workspaceFolder: string,
  { parsed, testData, testDataFile }: CaseSource,
): Promise<LoadedCases> {
  const cases: TestCase[] = [];
  const ids = new Set<string>();
  const add = (testCase: TestCase): void => {
    let { id } = testCase;
    for (let count = 2; ids.has(id); count++) id = `${testCase.id}#${count}`;
    ids.add(id);
    cases.push(id === testCase.id ? testCase : { ...testCase, id });
  };
  for (const testCase of testData) add(testCase);
  const warnings: FileDiagnostic[] = [];
  if (testDataFile !== undefined) {
    const problem = await readDataFile(
      world.files,
      workspaceFolder,
      parsed,
      testDataFile,
      cases.length,
      (item) => {
        if ('id' in item) add(item);
        else if (warnings.length < maxWarnings) warnings.push(item);
      },
    );
    if (problem !== null) return { cases, warnings, problems: [problem] };
  }
  if (cases.length > 0) return { cases, warnings, problems: [] };
  const message =
    testDataFile === undefined
      ? 'There is no test data. Add `testData` (a list of maps) or `testDataFile`.'
      : `There is no usable case in ${testDataFile}.`;
  const range = testDataFile === undefined ? startOfFile : parsed.locate(['testDataFile'], 'value');
  return { cases, warnings, problems: [problemIn(parsed, 'no-test-data', message, range), ...warnings] };
}

async function readDataFile(
  files: FileSystem,
  workspaceFolder: string,
  parsed: ParsedFile,
  relative: string,
  casesBefore: number,
  take: (item: TestCase | FileDiagnostic) => void,
): Promise<FileDiagnostic | null> {
  const at = parsed.locate(['testDataFile'], 'value');
  const { readTestData, testDataFormatOf } = await import('../language.ts');
  const format = testDataFormatOf(relative);
  if (format === null) {
    const message = `"${relative}" is no kind of data file known here: .csv, .tsv, .jsonl, .json or .yaml.`;
    return problemIn(parsed, 'unknown-data-format', message, at);
  }
  const request = { promptPath: parsed.path, workspaceFolder, relative, maxBytes: Number.MAX_SAFE_INTEGER };
  const resolved = await resolveWorkspaceFile(files, request);
  if (resolved.status === 'refused') {
    return problemIn(parsed, resolved.problem.code, resolved.problem.message, at);
  }
  try {
    for await (const item of readTestData(chunksOf(files, resolved.path), format, casesBefore + 1)) {
      take('case' in item ? item.case : { ...item.diagnostic, severity: 'warning', path: resolved.path });
    }
    return null;
  } catch (error) {
    if (!FileError.is(error)) throw error;
    return problemIn(parsed, 'unreadable-file', `"${relative}" cannot be read: ${error.message}`, at);
  }
}

async function* chunksOf(files: FileSystem, path: string): AsyncGenerator<string> {
  if (files.streamText === undefined) yield await files.readText(path);
  else yield* files.streamText(path);
}
