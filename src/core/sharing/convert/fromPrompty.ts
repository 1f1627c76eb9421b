import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { variablesOf } from '../../domain/template.ts';
import { fromHandlebars } from '../templates/fromHandlebars.ts';
import { fromJinja } from '../templates/fromJinja.ts';
import { lineCounter } from '../templates/lineCounter.ts';
import {
  asObject,
  asText,
  asTexts,
  present,
  valueAt,
  Remainder,
  type Conversion,
  type ForeignDocument,
} from './conversion.ts';
import { toRole, withoutBlankEnds, type MessageDraft } from './messages.ts';
import { inputsOf, type PromptyInputs } from './promptyInputs.ts';
import { modelOf } from './promptyModel.ts';
import { outputsOf } from './promptyOutputs.ts';
import { toVariables } from './variables.ts';

/**
 * A `.prompty` file, of version 1 or 2 → a prompt.
 * Reference: microsoft/prompty, Prompty.yaml (version 1) and the schema of version 2 (Prompty, Model, Property, Template).
 */
export function fromPrompty(document: ForeignDocument): Conversion {
  const remainder = new Remainder();
  const { name, description, tags, metadata, model, template, ...rest } = document.header;
  const { inputs, inputSchema, sample, outputs, outputSchema, parameters, ...others } = rest;
  const { messages, defaults } = messagesOf(document, isMustache(template), remainder);
  const used = messages.flatMap(({ content }) => variablesOf(content));
  const given = inputsOf({ inputs: inputs ?? inputSchema ?? parameters, sample }, remainder);
  for (const [variable, preset] of Object.entries(defaults)) {
    given.drafts.set(variable, { default: preset, ...given.drafts.get(variable) });
  }
  const details = asObject(metadata) ?? {};
  for (const [key, value] of Object.entries(others)) remainder.keep(key, value);
  const { tags: otherTags, ...moreDetails } = details;
  for (const [key, value] of Object.entries(moreDetails)) remainder.keep(`metadata.${key}`, value);
  const ourTags = asTexts(tags) ?? asTexts(otherTags);
  const value: JsonObject = {
    name: asText(name) ?? document.baseName,
    ...present({ description: asText(description), tags: ourTags ?? undefined }),
    ...modelOf(model, remainder),
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...toVariables(given.drafts, used, remainder),
    ...outputsOf(outputs ?? outputSchema, remainder),
    ...testsOf(given, used),
  };
  const kept = remainder.metadata('prompty');
  return { value: { ...value, ...kept }, notes: remainder.notes, names: given.files };
}

/** Jinja2 is the default. */
function isMustache(template: JsonValue | undefined): boolean {
  const format = asObject(template)?.['format'] ?? asObject(template)?.['type'] ?? template;
  const kind = asText(format) ?? asText(asObject(format)?.['kind']);
  return kind === 'mustache' || kind === 'handlebars';
}

const roleLine =
  /^[ \t]*#?[ \t]*(system|developer|user|assistant|tool|function)(?:\[([^\]\n]*)\])?[ \t]*:[ \t]*$/gim;

function messagesOf(
  { body, bodyLine }: ForeignDocument,
  mustache: boolean,
  remainder: Remainder,
): { messages: MessageDraft[]; defaults: Record<string, string> } {
  const defaults: Record<string, string> = {};
  const parts: { role: string; text: string; line: number }[] = [];
  const lineOf = lineCounter(body, bodyLine);
  let at = 0;
  let current = { role: 'system', line: bodyLine };
  for (const match of body.matchAll(roleLine)) {
    parts.push({ ...current, text: body.slice(at, match.index) });
    const line = lineOf(match.index);
    current = { role: match[1] ?? 'user', line: line + 1 };
    at = match.index + match[0].length + 1;
    if (match[2] !== undefined) remainder.note(`line ${line}`, `\`[${match[2]}]\` of a message is left out.`);
  }
  parts.push({ ...current, text: body.slice(at) });
  const messages: MessageDraft[] = [];
  for (const { role, text, line } of parts) {
    if (text.trim() === '') continue;
    noteImages(text, line, remainder);
    const where = `line ${line}`;
    messages.push({
      role: toRole(role, where, remainder),
      content: withoutBlankEnds(toTemplate(text, line, mustache, remainder, defaults)),
    });
  }
  const filled = messages.filter(({ content }) => content !== '');
  if (filled.length > 0) return { messages: filled, defaults };
  remainder.note('body', 'The prompt is empty; write its message.');
  return { messages: [{ role: 'user', content: '' }], defaults };
}

function toTemplate(
  text: string,
  line: number,
  mustache: boolean,
  remainder: Remainder,
  defaults: Record<string, string>,
): string {
  if (!mustache) {
    const converted = fromJinja(text, remainder, line);
    Object.assign(defaults, converted.defaults);
    return converted.template;
  }
  return fromHandlebars(text, remainder, { firstLine: line, helpers: false })
    .map((piece) => (piece.type === 'text' ? piece.template : ''))
    .join('');
}

function noteImages(text: string, line: number, remainder: Remainder): void {
  const lineOf = lineCounter(text, line);
  for (const match of text.matchAll(/!\[[^\]\n]*\]\(([^)\n]*)\)/g)) {
    const where = `line ${lineOf(match.index)}`;
    remainder.note(where, `The image \`${match[1] ?? ''}\` is text here: only text is sent.`);
  }
}

/** The sample values are the first test case. */
function testsOf({ sample, sampleFile }: PromptyInputs, used: readonly string[]): JsonObject {
  const inCase = Object.entries(sample).flatMap(([name, value]): [string, JsonValue][] => {
    const below = used.filter((path) => path.startsWith(`${name}.`));
    if (below.length === 0 || used.includes(name)) return [[name, value]];
    return below.flatMap((path): [string, JsonValue][] => {
      const inner = valueAt(value, path.slice(name.length + 1));
      return inner === undefined ? [] : [[path, inner]];
    });
  });
  return {
    ...(inCase.length > 0 && { testData: [Object.fromEntries(inCase)] }),
    ...(sampleFile !== null && { testDataFile: sampleFile }),
  };
}
