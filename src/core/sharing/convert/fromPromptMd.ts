import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { fromEditorVariables } from '../templates/fromEditorVariables.ts';
import { lineCounter } from '../templates/lineCounter.ts';
import { asText, present, Remainder, type Conversion, type ForeignDocument } from './conversion.ts';
import { withoutBlankEnds } from './messages.ts';

const link = /(!?)\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(#(?:tool|file):[\w./:-]+)/g;

/**
 * A `.prompt.md` file of VS Code's chat → a prompt with one message of the user.
 * Reference: code.visualstudio.com, "Use prompt files in VS Code".
 */
export function fromPromptMd({ baseName, header, body, bodyLine }: ForeignDocument): Conversion {
  const remainder = new Remainder();
  const { name, description, model, ...rest } = header;
  for (const [key, value] of Object.entries(rest)) remainder.keep(key, value);
  const { template, variables } = fromEditorVariables(body, remainder, bodyLine);
  noteReferences(body, bodyLine, remainder);
  const described = [...variables].map(([variable, hint]) => [
    variable,
    hint === '' ? {} : { description: hint },
  ]);
  const value: JsonObject = {
    name: asText(name) ?? baseName,
    ...present({ description: asText(description) }),
    ...modelOf(model, remainder),
    messages: [{ role: 'user', content: withoutBlankEnds(template) }],
    ...(described.length > 0 && { variables: Object.fromEntries(described) as JsonObject }),
  };
  if (withoutBlankEnds(template) === '') remainder.note('body', 'The prompt is empty; write its message.');
  return { value: { ...value, ...remainder.metadata('prompt-md') }, notes: remainder.notes, names: [] };
}

/** The models of a prompt file are those of the editor. */
function modelOf(model: JsonValue | undefined, remainder: Remainder): JsonObject {
  if (model === undefined) return {};
  const [first, ...more] = Array.isArray(model) ? model : [model];
  if (typeof first !== 'string') {
    remainder.keep('model', model);
    return {};
  }
  if (more.length > 0) remainder.keep('model', model, 'names several; the first is taken, all are kept');
  const id = first.replace(/\s*\((?:copilot|vscode)\)$/i, '');
  remainder.note(
    'model',
    `\`${id}\` is the editor's name of a model: \`backend: copilot\` is set; if it is not found, choose the model's id.`,
  );
  return { backend: 'copilot', model: id };
}

/** The chat attaches linked files and offers tools; here both have to be said otherwise. */
function noteReferences(body: string, bodyLine: number, remainder: Remainder): void {
  const lineOf = lineCounter(body, bodyLine);
  for (const match of body.matchAll(link)) {
    const [, , target, hash] = match;
    const where = `line ${lineOf(match.index)}`;
    if (hash !== undefined) remainder.note(where, `\`${hash}\` is text here: nothing is attached or called.`);
    else if (target !== undefined && !/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(target)) {
      remainder.note(
        where,
        `The linked file \`${target}\` is not sent. Give it as a variable with \`file:\`, or make this a skill with \`files:\`.`,
      );
    }
  }
}
