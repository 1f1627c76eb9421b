import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { asObject, asText, without } from '../../sharing/convert/conversion.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import { join } from './placeConverted.ts';
import type { ImportSource, IncomingFiles } from './readSources.ts';
import { toText, type SharingWorld } from './sharingWorld.ts';

type Named = { readonly bytes: Uint8Array } | { readonly unsafe: string } | null;

/** A file that a source names: only below the source's own folder, links resolved. null: it cannot be read. */
async function readNamed({ disk }: SharingWorld, { path }: ImportSource, name: string): Promise<Named> {
  const relative = name.replace(/^\.\//, '');
  const unsafe = refusePath(relative);
  if (unsafe !== null) return { unsafe };
  try {
    const [own, real] = await Promise.all([
      disk.realPath(disk.resolve(path, '.')),
      disk.realPath(disk.resolve(path, relative)),
    ]);
    if (!disk.contains(own, real)) return { unsafe: 'is a link that leads elsewhere' };
    return { bytes: await disk.readBytes(real, packageLimits.fileBytes) };
  } catch (error) {
    if (!FileError.is(error)) throw error;
    return null;
  }
}

/** The files that a source from elsewhere names go where its prompt goes. */
export async function copyNamed(
  world: SharingWorld,
  source: ImportSource,
  folder: string,
  names: readonly string[],
  { files, problems, notes }: IncomingFiles,
): Promise<void> {
  for (const name of names) {
    const named = await readNamed(world, source, name);
    const about = { file: source.shown, line: null };
    if (named === null) {
      notes.push({ ...about, message: `The file it names, ${name}, cannot be read and is not taken along.` });
    } else if ('unsafe' in named) {
      const message = `The file it names, ${name}, ${named.unsafe}. Only files below it are taken along.`;
      problems.push({ ...about, message });
    } else {
      const path = join(folder, name.replace(/^\.\//, ''));
      files.push({ path, kind: 'attachment', bytes: named.bytes, from: source.shown });
    }
  }
}

/** A sample file holds one case; test data holds a list of them. */
export async function withSample(
  world: SharingWorld,
  source: ImportSource,
  value: JsonObject,
): Promise<JsonObject> {
  const file = asText(value['testDataFile']);
  if (file === undefined || !/\.json$/i.test(file)) return value;
  const named = await readNamed(world, source, file);
  const text = named !== null && 'bytes' in named ? toText(named.bytes) : null;
  try {
    const sample = asObject(JSON.parse(text ?? 'null') as JsonValue);
    return sample === null ? value : { ...without(value, 'testDataFile'), testData: [sample] };
  } catch {
    return value;
  }
}
