import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { asObject, asText, type Remainder } from './conversion.ts';
import { noteTypes, type VariableDraft } from './variables.ts';

export interface PromptyInputs {
  readonly drafts: Map<string, VariableDraft>;
  /** The first test case. */
  readonly sample: JsonObject;
  /** A data file with test cases; null: none. */
  readonly sampleFile: string | null;
  /** Files that are named. */
  readonly files: string[];
}

const propertyKeys = new Set([
  'name',
  'kind',
  'type',
  'description',
  'default',
  'sample',
  'example',
  'required',
  'is_required',
  'enumValues',
  'enum',
]);

/** `inputs` as a mapping (version 1) or a list of properties (version 2), and version 1's `sample`. */
export function inputsOf(
  { inputs, sample }: { readonly inputs: JsonValue | undefined; readonly sample: JsonValue | undefined },
  remainder: Remainder,
): PromptyInputs {
  const found: PromptyInputs = { drafts: new Map(), sample: {}, sampleFile: null, files: [] };
  const types = new Map<string, string>();
  for (const [name, value] of propertiesOf(inputs)) {
    const property = asObject(value);
    if (property === null || !Object.keys(property).some((key) => propertyKeys.has(key))) {
      // Version 1: the value itself, used where no other is given.
      readPreset(name, value, {}, found);
      continue;
    }
    readProperty(name, property, found, types, remainder);
  }
  noteTypes(types, 'inputs', remainder);
  const file = fileOf(sample) ?? asText(sample);
  if (file === undefined) return { ...found, sample: { ...found.sample, ...asObject(sample) } };
  found.files.push(file);
  remainder.note('sample', `The sample in \`${file}\` is test data here.`);
  return { ...found, sampleFile: file };
}

/** Name and definition of each input, of an output too. */
export function propertiesOf(value: JsonValue | undefined): [string, JsonValue][] {
  const inner = asObject(value)?.['properties'] ?? value;
  if (!Array.isArray(inner)) return Object.entries(asObject(inner) ?? {});
  return inner.flatMap((item): [string, JsonValue][] => {
    const name = asText(asObject(item)?.['name']);
    return name === undefined ? [] : [[name, item]];
  });
}

function readProperty(
  name: string,
  property: JsonObject,
  found: PromptyInputs,
  types: Map<string, string>,
  remainder: Remainder,
): void {
  const kind = asText(property['kind']) ?? asText(property['type']) ?? 'string';
  types.set(name, kind);
  const description = asText(property['description']);
  const required = property['required'] ?? property['is_required'];
  const options = property['enumValues'] ?? property['enum'];
  const draft: VariableDraft = {
    ...(description !== undefined && { description }),
    ...(required === false && { required: false }),
    ...(Array.isArray(options) && { enum: options }),
  };
  if (kind === 'thread') {
    draft.required = false;
    remainder.note(`inputs.${name}`, 'A conversation as input has no counterpart; it may be given as text.');
  }
  readPreset(name, property['default'], draft, found);
  const example = property['sample'] ?? property['example'];
  const file = fileOf(example);
  if (file !== undefined) {
    found.files.push(file);
    remainder.note(`inputs.${name}`, `The sample \`${file}\` is a file; give its content in a test case.`);
  } else if (example !== undefined) found.sample[name] = example;
  for (const [key, value] of Object.entries(property)) {
    if (!propertyKeys.has(key)) remainder.keep(`inputs.${name}.${key}`, value);
  }
}

function readPreset(
  name: string,
  preset: JsonValue | undefined,
  draft: VariableDraft,
  found: PromptyInputs,
): void {
  const file = fileOf(preset);
  if (file !== undefined) {
    found.files.push(file);
    found.drafts.set(name, { ...draft, file });
  } else found.drafts.set(name, preset === undefined ? draft : { ...draft, default: preset });
}

/** `${file:path}` */
const fileOf = (value: JsonValue | undefined): string | undefined =>
  /^\$\{file:([^}]+)\}$/.exec(asText(value)?.trim() ?? '')?.[1]?.trim();
