import { hasErrors } from '../../domain/diagnostic.ts';
import { asText, type Conversion, type ForeignDocument } from '../../sharing/convert/conversion.ts';
import { foreignFormatOf } from '../../sharing/convert/foreignFormats.ts';
import { fromAgentSkill, type SkillFolderFile } from '../../sharing/convert/fromAgentSkill.ts';
import { fromDotprompt } from '../../sharing/convert/fromDotprompt.ts';
import { fromPromptMd } from '../../sharing/convert/fromPromptMd.ts';
import { fromPrompty } from '../../sharing/convert/fromPrompty.ts';
import { copyNamed, withSample } from './namedBySource.ts';
import { placeConverted } from './placeConverted.ts';
import { readForeignDocument } from './readForeignDocument.ts';
import type { ImportSource, IncomingFiles } from './readSources.ts';
import type { SharingWorld } from './sharingWorld.ts';
import { skillFilesOf } from './skillFilesOf.ts';

/** A SKILL.md, .prompty, .prompt.md or .prompt file → a prompt file and the files it names. */
export async function convertSource(
  world: SharingWorld,
  source: ImportSource,
  into: string | null,
  incoming: IncomingFiles,
): Promise<void> {
  const refuse = (line: number | null, message: string): void => {
    incoming.problems.push({ file: source.shown, line, message });
  };
  const document = await readForeignDocument(world, source, refuse);
  if (document === null) return;
  const { createPromptFile, parsePromptFile } = await import('../language.ts');
  const siblings = await skillFilesOf(world, source, incoming);
  const conversion = convert(source.path, document, siblings);
  const value = await withSample(world, source, conversion.value);
  const sample = 'testDataFile' in value ? undefined : conversion.value['testDataFile'];
  const names = conversion.names.filter((each) => each !== sample);
  const name = asText(value['name']) ?? document.baseName;
  const place = placeConverted(world, source, into, name, conversion.value['kind'] === 'skill');
  if (place === null) {
    refuse(null, `Its name \`${name}\` cannot be that of a file. Give it a \`name\` with letters or digits.`);
    return;
  }
  const text = createPromptFile(value);
  const parsed = parsePromptFile(text, place.promptPath);
  if (parsed.file === null || hasErrors(parsed.diagnostics)) {
    const first = parsed.diagnostics.find(({ severity }) => severity === 'error');
    refuse(null, `It cannot be made a prompt file: ${first?.message ?? 'it is not understood.'}`);
    return;
  }
  for (const { where, message } of conversion.notes) {
    const line = /^line (\d+)$/.exec(where)?.[1];
    incoming.notes.push({
      file: source.shown,
      line: line === undefined ? null : Number(line),
      message: line === undefined && !message.includes(`\`${where}\``) ? `${where}: ${message}` : message,
    });
  }
  const bytes = new TextEncoder().encode(text);
  const isOwn = !place.copies;
  incoming.files.push({ path: place.promptPath, kind: parsed.kind, bytes, from: source.shown, isOwn });
  if (place.copies) await copyNamed(world, source, place.folder, names, incoming);
}

function convert(path: string, document: ForeignDocument, siblings: readonly SkillFolderFile[]): Conversion {
  switch (foreignFormatOf(path)) {
    case 'prompty':
      return fromPrompty(document);
    case 'prompt-md':
      return fromPromptMd(document);
    case 'dotprompt':
      return fromDotprompt(document);
    default:
      return fromAgentSkill(document, siblings);
  }
}
