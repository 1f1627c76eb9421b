import * as vscode from 'vscode';
import type { PromptFile } from '../../../core/domain/promptFile.ts';
import type { TestCase } from '../../../core/domain/testCase.ts';
import type { FileSystem } from '../../../core/ports/fileSystem.ts';
import { loadLanguage } from '../language.ts';

/** As many as somebody looks through; the list filters what is typed. */
const offeredAtMost = 50;

/** The first cases of the prompt's `testDataFile`; none where it has none or it cannot be read. */
export async function readDataFileCases(
  file: PromptFile,
  uri: vscode.Uri,
  disk: () => Promise<FileSystem>,
): Promise<readonly TestCase[]> {
  if (file.kind === 'chain' || file.testDataFile === undefined) return [];
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (folder?.scheme !== 'file' || uri.scheme !== 'file') return [];
  const place = {
    promptPath: uri.fsPath,
    workspaceFolder: folder.fsPath,
    relative: file.testDataFile,
    casesBefore: file.testData?.length ?? 0,
  };
  return (await loadLanguage()).firstTestCases(await disk(), place, offeredAtMost);
}
