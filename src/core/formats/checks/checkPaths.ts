import type { PromptFile } from '../../domain/promptFile.ts';
import type { ReadingContext } from '../normalise/context.ts';
import type { Path } from '../yaml/locate.ts';

const dataFile = /\.(?:csv|tsv|jsonl|json|ya?ml)$/i;

/** Paths that cannot lie in the workspace, whatever the workspace. The rest is checked before anything is read. */
export function checkPaths(file: PromptFile, context: ReadingContext): void {
  if (file.testDataFile !== undefined) {
    const path = ['testDataFile'];
    checkPath(file.testDataFile, path, context);
    if (!dataFile.test(file.testDataFile)) {
      const message = 'A test data file ends in .csv, .tsv, .jsonl, .json, .yaml or .yml.';
      context.refuse({ code: 'unknown-data-format', message, path });
    }
  }
  if (file.kind === 'skill') file.files.forEach((each, index) => checkPath(each, ['files', index], context));
  if (file.kind === 'prompt' || file.kind === 'skill') {
    for (const [name, spec] of Object.entries(file.variables)) {
      if (spec.file !== undefined) checkPath(spec.file, ['variables', name, 'file'], context);
    }
  }
}

function checkPath(text: string, path: Path, context: ReadingContext): void {
  if (text.trim() === '') {
    context.refuse({ code: 'invalid-path', message: 'Here belongs the path of a file.', path });
  } else if (/^(?:[A-Za-z]:|[/\\~]|[A-Za-z][A-Za-z0-9+.-]+:\/\/)/.test(text)) {
    const message = `\`${text}\` must be a path relative to this file, inside the workspace folder.`;
    context.refuse({ code: 'path-outside-workspace', message, path });
  }
}
