import path from 'node:path';

/** Paths as people type and read them: relative to the folder, with `/` everywhere. */
export function shownPath(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).replaceAll('\\', '/');
}
