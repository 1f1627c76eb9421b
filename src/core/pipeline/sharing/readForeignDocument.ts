import { FileError } from '../../ports/fileSystem.ts';
import { asObject, type ForeignDocument } from '../../sharing/convert/conversion.ts';
import { foreignFormatOf, foreignNameOf } from '../../sharing/convert/foreignFormats.ts';
import { splitFrontMatter } from '../../sharing/convert/splitFrontMatter.ts';
import type { ImportSource } from './readSources.ts';
import { toText, type SharingWorld } from './sharingWorld.ts';

/** A text to convert; prompts are far shorter. */
const maxSourceBytes = 256 * 1024;

/** The YAML and the text of a foreign prompt; null: refused, with the line. */
export async function readForeignDocument(
  { disk }: SharingWorld,
  { path }: ImportSource,
  refuse: (line: number | null, message: string) => void,
): Promise<ForeignDocument | null> {
  const bytes = await disk.readBytes(path, maxSourceBytes).catch((error: unknown) => {
    if (!FileError.is(error) || error.reason !== 'too-large') throw error;
    return null;
  });
  if (bytes === null) {
    refuse(null, `It is larger than the ${maxSourceBytes / 1024} KiB a prompt to import may have.`);
    return null;
  }
  const text = toText(bytes);
  if (text === null) {
    refuse(null, 'This is not UTF-8 text. Save it with the encoding UTF-8.');
    return null;
  }
  const split = splitFrontMatter(text);
  if (split === null) {
    refuse(1, 'The `---` of the first line is never closed. Write another `---` after the last key.');
    return null;
  }
  if (split.header === null && foreignFormatOf(path) === 'agent-skill') {
    refuse(1, 'A SKILL.md begins with `---`, its name and description, and another `---`.');
    return null;
  }
  const { readYaml } = await import('../language.ts');
  const tree = readYaml(split.header ?? '');
  const error = tree.diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) {
    refuse(error.range.start.line + 2, error.message);
    return null;
  }
  const header = asObject(tree.value ?? {});
  if (header === null) {
    refuse(2, 'Between the `---` belong lines of `key: value`.');
    return null;
  }
  const { body, bodyLine } = split;
  return { baseName: foreignNameOf(path), header, body, bodyLine };
}
