import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { hasErrors } from '../../domain/diagnostic.ts';
import { fileNameFor } from '../../domain/fileNameFor.ts';
import { FileError } from '../../ports/fileSystem.ts';
import {
  asObject,
  asText,
  without,
  type Conversion,
  type ForeignDocument,
} from '../../sharing/convert/conversion.ts';
import { foreignFormatOf, foreignNameOf } from '../../sharing/convert/foreignFormats.ts';
import { fromAgentSkill, type SkillFolderFile } from '../../sharing/convert/fromAgentSkill.ts';
import { fromDotprompt } from '../../sharing/convert/fromDotprompt.ts';
import { fromPromptMd } from '../../sharing/convert/fromPromptMd.ts';
import { fromPrompty } from '../../sharing/convert/fromPrompty.ts';
import { splitFrontMatter } from '../../sharing/convert/splitFrontMatter.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import type { ImportSource, IncomingFiles } from './readSources.ts';
import { toText, type SharingWorld } from './sharingWorld.ts';

/** A text to convert; prompts are far shorter. */
const maxSourceBytes = 256 * 1024;

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
  const document = await readDocument(world, source, refuse);
  if (document === null) return;
  const { createPromptFile, parsePromptFile } = await import('../language.ts');
  const siblings = await siblingsOf(world, source, incoming);
  const conversion = convert(source.path, document, siblings);
  const value = await withSample(world, source, conversion.value);
  const sample = 'testDataFile' in value ? undefined : conversion.value['testDataFile'];
  const names = conversion.names.filter((each) => each !== sample);
  const name = asText(value['name']) ?? document.baseName;
  const place = placeOf(world, source, into, name, conversion.value['kind'] === 'skill');
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
  incoming.files.push({ path: place.promptPath, kind: parsed.kind, bytes, from: source.shown });
  if (place.copies) await copyNamed(world, source, place.folder, names, incoming);
}

async function readDocument(
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
  const header: JsonValue = tree.value ?? {};
  if (asObject(header) === null) {
    refuse(2, 'Between the `---` belong lines of `key: value`.');
    return null;
  }
  const { body, bodyLine } = split;
  return { baseName: foreignNameOf(path), header: asObject(header) ?? {}, body, bodyLine };
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

/** The other files of a skill's folder. */
async function siblingsOf(
  { disk, skillFileLimitBytes }: SharingWorld,
  { path, shown }: ImportSource,
  { problems }: IncomingFiles,
): Promise<SkillFolderFile[]> {
  if (foreignFormatOf(path) !== 'agent-skill') return [];
  const { files, links, more } = await disk.listFiles(disk.resolve(path, '.'), packageLimits.entries);
  if (more)
    problems.push({ file: shown, line: null, message: 'The folder of the skill holds too many files.' });
  for (const link of links) {
    const message = `${link} is a link, and links are not followed. Put the file itself into the folder of the skill.`;
    problems.push({ file: shown, line: null, message });
  }
  const found: SkillFolderFile[] = [];
  for (const file of files) {
    if (file === path.split(/[\\/]/).at(-1) || /\.prompt\.ya?ml$/i.test(file)) continue;
    const unsafe = refusePath(file);
    if (unsafe !== null) {
      problems.push({ file: shown, line: null, message: `${file} ${unsafe}. Move or rename it.` });
      continue;
    }
    const bytes = await disk.readBytes(disk.resolve(path, file), packageLimits.fileBytes);
    const kib = Math.floor(skillFileLimitBytes / 1024);
    const tooLong =
      bytes.length > skillFileLimitBytes ? `it is larger than ${kib} KiB (promptly.skillFileLimit)` : null;
    found.push({ path: file, unfit: toText(bytes) === null ? 'it is not text' : tooLong });
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A sample file holds one case; test data holds a list of them. */
async function withSample(
  { disk }: SharingWorld,
  { path }: ImportSource,
  value: JsonObject,
): Promise<JsonObject> {
  const file = asText(value['testDataFile']);
  if (file === undefined || !/\.json$/i.test(file)) return value;
  const bytes = await disk.readBytes(disk.resolve(path, file), maxSourceBytes).catch(() => null);
  const text = bytes === null ? null : toText(bytes);
  try {
    const sample = asObject(JSON.parse(text ?? 'null') as JsonValue);
    if (sample === null) return value;
    return { ...without(value, 'testDataFile'), testData: [sample] };
  } catch {
    return value;
  }
}

interface Place {
  readonly promptPath: string;
  /** Where the files it names go. */
  readonly folder: string;
  /** false: they stay where they are, beside the source. */
  readonly copies: boolean;
}

/** Beside a source in the workspace; what comes from elsewhere gets a folder, skills one of their own. */
function placeOf(
  { disk, folder }: SharingWorld,
  { path }: ImportSource,
  into: string | null,
  name: string,
  isSkill: boolean,
): Place | null {
  const file = fileNameFor(name);
  if (file === null) return null;
  const source = disk.resolve(path, '.');
  if (into === null && disk.contains(folder, source)) {
    const beside = disk.relative(folder, source);
    const promptPath = join(beside, `${file}.prompt.yaml`);
    // Folders of other programs are theirs.
    if (refusePath(promptPath) === null) return { promptPath, folder: beside, copies: false };
  }
  const target = isSkill ? join(into ?? 'skills', file) : (into ?? 'prompts');
  return { promptPath: join(target, `${file}.prompt.yaml`), folder: target, copies: true };
}

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

async function copyNamed(
  { disk }: SharingWorld,
  { path, shown }: ImportSource,
  folder: string,
  names: readonly string[],
  { files, problems, notes }: IncomingFiles,
): Promise<void> {
  for (const name of names) {
    const relative = name.replace(/^\.\//, '');
    const unsafe = refusePath(relative);
    if (unsafe !== null) {
      problems.push({
        file: shown,
        line: null,
        message: `The file it names, ${relative}, ${unsafe}. Only files below it are taken along.`,
      });
      continue;
    }
    try {
      const real = await disk.realPath(disk.resolve(path, relative));
      if (!disk.contains(await disk.realPath(disk.resolve(path, '.')), real)) {
        problems.push({
          file: shown,
          line: null,
          message: `The file it names, ${relative}, is a link that leads elsewhere.`,
        });
        continue;
      }
      const bytes = await disk.readBytes(real, packageLimits.fileBytes);
      files.push({ path: join(folder, relative), kind: 'attachment', bytes, from: shown });
    } catch (error) {
      if (!FileError.is(error)) throw error;
      notes.push({
        file: shown,
        line: null,
        message: `The file it names, ${relative}, cannot be read and is not taken along.`,
      });
    }
  }
}
