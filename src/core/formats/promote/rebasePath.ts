/**
 * A path that is relative to the file `from`, relative to the file `to` instead. Both files relative to the same folder,
 * with `/`. Absolute paths stay.
 */
export function rebasePath(path: string, from: string, to: string): string {
  if (/^([/\\]|[a-z]:)/i.test(path)) return path;
  const [source, target] = [from, to].map((file) => file.split('/').slice(0, -1));
  const wanted = flat([...(source ?? []), ...path.replaceAll('\\', '/').split('/')]);
  const base = flat(target ?? []);
  if (flat(source ?? []).join('/') === base.join('/')) return path;
  const shared = base.findIndex((part, at) => part !== wanted[at]);
  const common = shared === -1 ? base.length : shared;
  const up = base.slice(common).map(() => '..');
  return [...up, ...wanted.slice(common)].join('/');
}

/** Without `.`, and with `..` taken back as far as it goes. */
function flat(parts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    const last = kept.at(-1);
    if (part === '..' && last !== undefined && last !== '..') kept.pop();
    else kept.push(part);
  }
  return kept;
}
