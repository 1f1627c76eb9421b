import type { JsonObject } from '../../domain/json.ts';
import { parseTemplate, renderTemplate, variablesOf } from '../../domain/template.ts';
import { asObject, asText, present, without, type ConversionNote } from './conversion.ts';
import { travelKey } from './fromAgentSkill.ts';

export interface AgentSkill {
  /** Also the name of its folder. */
  readonly name: string;
  /** The front matter, in order. */
  readonly header: JsonObject;
  readonly body: string;
  readonly notes: readonly ConversionNote[];
}

const longestName = 64;
const longestDescription = 1024;

/**
 * A skill → the parts of a `SKILL.md`. What that has no place for travels as JSON under `metadata.promptly`: other agents
 * pass over it, an import brings it back. `value` is the skill file's own content, its paths those of the new folder.
 * Reference: agentskills.io/specification.
 */
export function toAgentSkill(value: JsonObject): AgentSkill {
  const notes: ConversionNote[] = [];
  const { name, description, instructions, files, metadata, ...rest } = without(value, 'kind');
  const kept = asObject(metadata) ?? {};
  const { 'agent-skills': foreign, ...ownMetadata } = kept;
  const { metadata: foreignDetails, ...foreignKeys } = asObject(foreign) ?? {};
  const ourName = asText(name) ?? 'skill';
  const theirName = toSkillName(ourName);
  const template = asText(instructions) ?? '';
  const isTemplate = variablesOf(template).length > 0 || parseTemplate(template).problems.length > 0;
  const theirDescription = describe(asText(description), template, notes);
  const travelling = present({
    name: theirName === ourName ? undefined : ourName,
    description: theirDescription === description ? undefined : description,
    ...rest,
    files,
    metadata: Object.keys(ownMetadata).length > 0 ? ownMetadata : undefined,
    template: isTemplate ? true : undefined,
  });
  if (theirName !== ourName) {
    notes.push({
      where: 'name',
      message: `Agent Skills take small letters, digits and dashes: it is called \`${theirName}\`.`,
    });
  }
  noteTravel(Object.keys(rest), isTemplate, notes);
  const details = {
    ...asObject(foreignDetails),
    ...(Object.keys(travelling).length > 0 && { [travelKey]: JSON.stringify(travelling) }),
  };
  const header: JsonObject = {
    name: theirName,
    description: theirDescription,
    ...foreignKeys,
    ...(Object.keys(details).length > 0 && { metadata: details }),
  };
  const body = isTemplate ? template : renderTemplate(template, {}).text;
  return { name: theirName, header, body: body.trim(), notes };
}

/** `Code review: Go` → `code-review-go`. */
function toSkillName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestName)
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'skill' : plain;
}

function describe(description: string | undefined, instructions: string, notes: ConversionNote[]): string {
  const own = description?.trim() ?? '';
  if (own === '') {
    const first = /^[^\n]*?(?:[.!?](?=\s|$)|$)/m.exec(instructions.trim())?.[0].trim() ?? '';
    notes.push({
      where: 'description',
      message:
        'Agent Skills need a description: the first sentence of the instructions stands in. Write one that says when to use the skill.',
    });
    return first.slice(0, longestDescription) || 'A skill.';
  }
  if (own.length <= longestDescription) return description ?? own;
  notes.push({
    where: 'description',
    message: `Agent Skills take at most ${longestDescription} characters: the description is cut. Its whole text travels along.`,
  });
  return own.slice(0, longestDescription);
}

function noteTravel(keys: readonly string[], isTemplate: boolean, notes: ConversionNote[]): void {
  if (keys.length > 0) {
    const list = keys.map((key) => `\`${key}\``).join(', ');
    notes.push({
      where: keys.join(', '),
      message: `SKILL.md has no place for ${list}: it travels under \`metadata.${travelKey}\`, which only Promptly reads.`,
    });
  }
  if (isTemplate) {
    notes.push({
      where: 'instructions',
      message: 'Other agents do not fill in `{{variables}}`: they read them as they stand.',
    });
  }
}
