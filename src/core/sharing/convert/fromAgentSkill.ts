import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { escapeTemplate } from '../../domain/template.ts';
import {
  asObject,
  asText,
  asTexts,
  without,
  present,
  Remainder,
  type Conversion,
  type ForeignDocument,
} from './conversion.ts';

export interface SkillFolderFile {
  /** Relative to the skill's folder, with `/`. */
  readonly path: string;
  /** UTF-8, and short enough to be sent; else why not. */
  readonly unfit: string | null;
}

/** Where the parts of a skill that SKILL.md has no place for travel, as JSON. */
export const travelKey = 'promptly';

/** Keys a travelling skill may bring back. */
const travelling = [
  'name',
  'description',
  'tags',
  'backend',
  'model',
  'modelParameters',
  'messages',
  'variables',
  'responseFormat',
  'jsonSchema',
  'testData',
  'testDataFile',
  'evaluators',
  'metadata',
];

/**
 * A `SKILL.md` with the files of its folder → a skill. Its text is not a template, so braces stay braces.
 * Reference: agentskills.io/specification.
 */
export function fromAgentSkill(
  { baseName, header, body }: ForeignDocument,
  files: readonly SkillFolderFile[],
): Conversion {
  const remainder = new Remainder();
  const { name, description, metadata, ...rest } = header;
  const { [travelKey]: packed, ...details } = asObject(metadata) ?? {};
  const travelled = unpack(packed, remainder);
  for (const [key, value] of Object.entries(rest)) remainder.keep(key, value);
  if (Object.keys(details).length > 0) remainder.keepQuietly('metadata', details);
  const instructions = body.trim();
  if (instructions === '') remainder.note('body', 'The skill has no instructions; write them.');
  if (asText(description) === undefined)
    remainder.note('description', 'Every Agent Skill needs a description.');
  const attached = attach(files, travelled['files'], remainder);
  const { template, metadata: ownMetadata, ...own } = without(travelled, 'files');
  const kept = asObject(remainder.metadata('agent-skills')['metadata']) ?? {};
  const together = { ...asObject(ownMetadata), ...kept };
  const value: JsonObject = {
    kind: 'skill',
    name: asText(name) ?? baseName,
    ...present({ description: asText(description) }),
    instructions: template === true ? instructions : escapeTemplate(instructions),
    ...(attached.length > 0 && { files: attached }),
    ...own,
    ...(Object.keys(together).length > 0 && { metadata: together }),
  };
  return { value, notes: remainder.notes, names: files.map(({ path }) => path) };
}

function unpack(packed: JsonValue | undefined, remainder: Remainder): JsonObject {
  if (packed === undefined) return {};
  const known = [...travelling, 'files', 'template'];
  try {
    const read = asObject(JSON.parse(asText(packed) ?? '') as JsonValue);
    if (read !== null) return Object.fromEntries(Object.entries(read).filter(([key]) => known.includes(key)));
  } catch {
    // Somebody else's key of that name, or a damaged one.
  }
  remainder.keep(`metadata.${travelKey}`, packed, 'cannot be read as what Promptly writes there; it is kept');
  return {};
}

/** Text goes along with every run; the rest of the folder lies beside the skill. */
function attach(
  files: readonly SkillFolderFile[],
  order: JsonValue | undefined,
  remainder: Remainder,
): string[] {
  const fit = files.filter(({ unfit }) => unfit === null).map(({ path }) => path);
  const named = asTexts(order);
  if (named !== null && order !== undefined) {
    const missing = named.filter((path) => !fit.includes(path.replace(/^\.\//, '')));
    if (missing.length > 0)
      remainder.note('files', `Attached, but not in the folder: ${missing.join(', ')}.`);
    return named;
  }
  for (const { path, unfit } of files) {
    if (unfit !== null) remainder.note(path, `\`${path}\` is copied but not attached: ${unfit}.`);
  }
  const scripts = fit.filter((path) => path.startsWith('scripts/'));
  if (scripts.length > 0) {
    remainder.note('scripts', `Scripts are attached as text and never run: ${scripts.join(', ')}.`);
  }
  return fit;
}
