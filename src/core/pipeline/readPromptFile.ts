import type { ParsedFile } from '../domain/parsedFile.ts';
import { maxFileBytes, parsePromptFile, tooLargeFile, unreadableFile } from '../formats/parsePromptFile.ts';
import { FileError, type FileSystem } from '../ports/fileSystem.ts';

const words = {
  'not-text': 'This file is not UTF-8 text. Save it with the encoding UTF-8.',
  'no-permission': 'This file may not be read: no permission. Change its permissions, or its owner.',
  other: 'This file cannot be read. Is it a regular file?',
};

/** A file that is there but cannot be read has an error like any other. Throws `FileError` for one that is not there. */
export async function readPromptFile(path: string, files: Pick<FileSystem, 'readText'>): Promise<ParsedFile> {
  try {
    return parsePromptFile(await files.readText(path, { maxBytes: maxFileBytes }), path);
  } catch (error) {
    if (!FileError.is(error) || error.reason === 'not-found') throw error;
    return error.reason === 'too-large' ? tooLargeFile('', path) : unreadableFile(words[error.reason], path);
  }
}
