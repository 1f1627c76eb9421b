import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import { checkPatterns as checkWith, hasPatterns } from '../formats/checks/checkPatterns.ts';

/** Broken regular expressions of a file; loads the regular expression engine only when the file has one. */
export async function checkPatterns(parsed: ParsedFile): Promise<Diagnostic[]> {
  if (!hasPatterns(parsed)) return [];
  const { compilePattern } = await import('../evaluation/compilePattern.ts');
  return checkWith(parsed, (pattern, flags) => {
    const compiled = compilePattern(pattern, flags);
    return typeof compiled === 'string' ? compiled : null;
  });
}
