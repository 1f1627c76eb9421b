import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { SharedFile, SharingNotice } from '../../domain/sharing.ts';
import { asObject, without } from '../../sharing/convert/conversion.ts';
import { toAgentSkill } from '../../sharing/convert/toAgentSkill.ts';
import { namedFilesOf } from '../../sharing/namedFiles.ts';
import type { CollectedFiles } from './collectFiles.ts';
import { isAttachable, type SharingWorld } from './sharingWorld.ts';

export interface SkillFolder {
  /** The folder's name. */
  readonly name: string;
  /** `path` is relative to the folder. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly notes: readonly SharingNotice[];
}

/** A skill with its files → a folder with `SKILL.md`. `collected` is that of one skill, without problems. */
export async function buildSkillFolder(world: SharingWorld, collected: CollectedFiles): Promise<SkillFolder> {
  const { disk, folder } = world;
  const { createPromptFile, readYaml } = await import('../language.ts');
  const parsed = collected.prompts[0];
  if (parsed?.file?.kind !== 'skill') throw new Error('not a skill');
  const { file } = parsed;
  const source = disk.relative(folder, parsed.path);
  const places = new Places(disk.relative(folder, disk.resolve(parsed.path, '.')), source, collected.files);
  let value: JsonObject = {
    ...asObject(readYaml(parsed.text).value),
    name: file.name,
    instructions: file.instructions,
    ...(file.description !== undefined && { description: file.description }),
  };
  for (const { relative, at } of namedFilesOf(file)) {
    const path = disk.relative(folder, disk.resolve(parsed.path, relative));
    const placed = places.of(path);
    value = replaceAt(value, at, /^\.\//.test(relative) || at[0] === 'evaluators' ? `./${placed}` : placed);
  }
  // Without a list an import attaches every text there is; only where that would be others, the list travels along.
  const texts = collected.files
    .filter(({ path, bytes }) => path !== source && isAttachable(bytes, world.skillFileLimitBytes))
    .map(({ path }) => places.of(path))
    .sort();
  const isDefault = JSON.stringify(value['files'] ?? []) === JSON.stringify(texts);
  if (isDefault) value = without(value, 'files');
  else value = { ...value, files: value['files'] ?? [] };
  const skill = toAgentSkill(value);
  const text = `---\n${createPromptFile(skill.header)}---\n\n${skill.body}\n`;
  const files = collected.files
    .filter(({ path }) => path !== source)
    .map(({ path, bytes }) => ({ path: places.of(path), bytes }));
  return {
    name: skill.name,
    files: [{ path: 'SKILL.md', bytes: new TextEncoder().encode(text) }, ...files],
    notes: [
      ...skill.notes.map(({ where, message }) => ({
        file: source,
        line: null,
        message: `${where}: ${message}`,
      })),
      ...places.notes,
    ],
  };
}

/** Where each file goes in the new folder: its place stays, and what lay outside goes into `references`. */
class Places {
  readonly notes: SharingNotice[] = [];
  private readonly taken = new Map<string, string>();

  constructor(own: string, source: string, files: readonly SharedFile[]) {
    const names = new Set(['skill.md']);
    for (const { path } of files) {
      if (path === source) continue;
      const isInside = own === '' || path.startsWith(`${own}/`);
      const inner = isInside
        ? path.slice(own === '' ? 0 : own.length + 1)
        : `references/${path.split('/').at(-1) ?? 'file'}`;
      const place = this.free(inner, names);
      names.add(place.toLowerCase());
      this.taken.set(path, place);
      if (place !== inner || !isInside) {
        this.notes.push({
          file: path,
          line: null,
          message: `${path} becomes ${place}: a skill holds its files in its own folder.`,
        });
      }
    }
  }

  of(path: string): string {
    return this.taken.get(path) ?? path;
  }

  private free(wished: string, names: ReadonlySet<string>): string {
    for (let count = 1; ; count++) {
      const [, stem = wished, ending = ''] = /^(.*?)(\.[^./]*)?$/.exec(wished) ?? [];
      const path = count === 1 ? wished : `${stem}-${count}${ending}`;
      if (!names.has(path.toLowerCase())) return path;
    }
  }
}

function replaceAt(value: JsonObject, path: readonly (string | number)[], text: string): JsonObject {
  const copy = structuredClone(value);
  let at: JsonValue | undefined = copy;
  for (const key of path.slice(0, -1)) {
    at = Array.isArray(at) ? at[Number(key)] : asObject(at)?.[String(key)];
  }
  const last = path.at(-1) ?? '';
  if (Array.isArray(at)) at[Number(last)] = text;
  else if (typeof at === 'object' && at !== null) at[String(last)] = text;
  return copy;
}
