/** A path as people read it: relative to the folder, with `/`, where it lies in it. */
export function shownPath(folder: string, path: string): string {
  const [inside, file] = [folder, path].map((text) => text.replaceAll('\\', '/')) as [string, string];
  const prefix = inside.endsWith('/') ? inside : `${inside}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}
