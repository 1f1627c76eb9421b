import type { Position, Range } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';

export interface FileReference {
  /** A prompt's name, or a path relative to the file. */
  readonly target: string;
  readonly kind: 'prompt' | 'file';
  readonly range: Range;
}

/** Every place where a file refers to a prompt or to another file. */
export function referencesOf(parsed: ParsedFile): readonly FileReference[] {
  const { file, locate } = parsed;
  if (file === null) return [];
  const to = (
    kind: FileReference['kind'],
    target: string | undefined,
    path: (string | number)[],
  ): FileReference[] => (target === undefined ? [] : [{ kind, target, range: locate(path, 'value') }]);
  const data = to('file', file.testDataFile, ['testDataFile']);
  const scripts = (file.evaluators ?? []).flatMap((evaluator, index) =>
    evaluator.type === 'uses' && evaluator.uses.startsWith('.')
      ? to('file', evaluator.uses, ['evaluators', index, 'uses'])
      : [],
  );
  switch (file.kind) {
    case 'prompt':
    case 'skill':
      return [
        ...data,
        ...scripts,
        ...(file.kind === 'skill'
          ? file.files.flatMap((path, index) => to('file', path, ['files', index]))
          : []),
        ...Object.entries(file.variables).flatMap(([name, spec]) =>
          to('file', spec.file, ['variables', name, 'file']),
        ),
      ];
    case 'chain':
      return [
        ...data,
        ...scripts,
        ...file.steps.flatMap((step, index) => to('prompt', step.use, ['steps', index, 'use'])),
      ];
    case 'abtest':
      return [
        ...data,
        ...scripts,
        ...file.variants.flatMap((variant, index) => {
          const inMap = locate(['variants', index, 'prompt'], 'value');
          return [{ kind: 'prompt' as const, target: variant.prompt, range: inMap }];
        }),
      ];
  }
}

export function referenceAt(parsed: ParsedFile, position: Position): FileReference | undefined {
  return referencesOf(parsed).find(
    ({ range }) => !isBefore(position, range.start) && !isBefore(range.end, position),
  );
}

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

/** A reference that looks like a path is one; anything else is a name. */
export const isPath = (target: string): boolean => /^\.{1,2}[\\/]|\.ya?ml$|[\\/]/i.test(target);
