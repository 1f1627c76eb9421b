import { foldPath } from '../../sharing/packagePath.ts';
import type { SharingWorld } from './sharingWorld.ts';

/** `a/b.prompt.yaml` → `a/b-2.prompt.yaml`, or the first number that nothing has, neither there nor in `taken`. */
export async function freePath(
  { disk, folder }: Pick<SharingWorld, 'disk' | 'folder'>,
  path: string,
  taken: ReadonlySet<string>,
): Promise<string> {
  const folded = new Set([...taken].map(foldPath));
  const [, stem = path, ending = ''] = /^(.*?)((?:\.prompt)?\.[^./]+)?$/.exec(path) ?? [];
  for (let count = 2; ; count++) {
    const candidate = `${stem}-${count}${ending}`;
    if (folded.has(foldPath(candidate))) continue;
    if ((await disk.inspect(folder, candidate)).status === 'free') return candidate;
  }
}
