import * as z from 'zod/mini';
import type { JsonObject } from '../../domain/json.ts';
import { builtInBackendIds } from '../../domain/backendId.ts';
import type { promptKinds } from '../../domain/promptFile.ts';
import { variableNamePattern } from '../../domain/template.ts';
import {
  above,
  anyMapping,
  anything,
  between,
  checkedLater,
  integer,
  list,
  mapOf,
  mapping,
  meaning,
  optional,
  text,
  textOf,
  verbatim,
  whole,
} from './fields.ts';

const effortLevels = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

const modelParametersSchema = mapping({
  temperature: optional(
    'How freely the model varies its answer: 0 hardly, 2 wildly. Claude 5 models do not take it.',
    between(0, 2),
  ),
  maxTokens: optional('The most tokens the answer may have.', whole(1)),
  maxCompletionTokens: optional('Another name for `maxTokens`.', whole(1)),
  topP: optional(
    'Sample only from the most likely words that make up this share. Claude 5 models do not take it.',
    between(0, 1),
  ),
  seed: optional('Makes sampling repeatable on backends that support it.', integer()),
  stop: optional(
    'Text, or a list of texts, at which the model stops.',
    z.union([verbatim(), list(verbatim())]),
  ),
  effort: optional('How much work a model that can choose puts into its answer.', z.enum(effortLevels)),
  thinking: optional(
    'Whether, or how much, a model that can thinks before it answers.',
    z.union([z.boolean(), z.enum(['low', 'medium', 'high'])]),
  ),
  options: optional('Passed to the backend as it is, such as `num_ctx` for Ollama.', anyMapping()),
});

const backends = builtInBackendIds.join('|');

export const modelKeys = {
  backend: optional(
    'Where to run: `ollama`, `claude`, `openai` (any OpenAI-compatible server), `copilot`, `builtin` or `custom:<name>`. Default: the setting `promptly.defaultBackend`.',
    checkedLater(
      { type: 'string', pattern: `^\\s*((${backends}|custom:.+)\\s*)?$` },
      textOf(builtInBackendIds.filter((id) => id !== 'scripted')),
    ),
  ),
  model: optional("The backend's own model id; `<backend>/<id>` also names the backend.", text()),
  modelParameters: optional(
    'How the model is to answer. What a model does not take is shown as not applied.',
    modelParametersSchema,
  ),
};

export const headKeys = (kind: (typeof promptKinds)[number]) => ({
  kind: optional('What this file is: `prompt` (default), `skill`, `chain` or `abtest`.', z.enum([kind])),
  name: optional("What other files, commands and people call it. Default: the file's base name.", text()),
  description: optional('What it is for, for people, pickers and MCP clients.', text()),
  tags: optional('Words to find it by.', list(text())),
  metadata: optional(
    'Anything else, for people and other tools. It is kept and never read, nor sent to a model.',
    anyMapping(),
  ),
});

/** How many there must be is the kind's affair. */
export const messageList = () =>
  list(
    mapping({
      role: meaning('Who says it.', z.enum(['system', 'user', 'assistant'])),
      content: meaning('The text. `{{name}}` is replaced by the value of that variable.', verbatim()),
    }),
  );

const relative = '(?![A-Za-z]:|[/\\\\~]|[A-Za-z][A-Za-z0-9+.-]+://)';

/** The path of a file, relative to the prompt file. */
export const filePath = () => checkedLater({ pattern: `^${relative}[\\s\\S]*\\S` }, text());

const dataPath = () =>
  checkedLater(
    {
      type: 'string',
      pattern: `^${relative}[\\s\\S]*\\.([cC][sS][vV]|[tT][sS][vV]|[jJ][sS][oO][nN][lL]?|[yY][aA]?[mM][lL])$`,
    },
    text(),
  );

export const variablesSchema = checkedLater(
  { propertyNames: { pattern: variableNamePattern.source } },
  mapOf(
    z.nullable(
      mapping({
        description: optional('What to give here; shown when the value is asked for.', text()),
        default: optional('Used when no value is given.', anything()),
        required: optional('false: may stay empty. Default: true where there is no `default`.', z.boolean()),
        enum: optional('The only values allowed.', list(anything())),
        file: optional('The value is the text of this file, relative to the prompt file.', filePath()),
      }),
    ),
  ),
);

export const answerKeys = {
  responseFormat: optional(
    'What the answer is: `text` (default), `json_object`, or `json_schema` with `jsonSchema`.',
    z.enum(['text', 'json_object', 'json_schema']),
  ),
  jsonSchema: optional(
    'The JSON Schema the answer keeps to: a mapping, or a string of JSON with `name` and `schema`.',
    z.union([checkedLater({ pattern: '^\\s*\\{' }, z.string()), anyMapping()]),
  ),
};

/** Of a file that has `answerKeys`. */
export const answerRules: JsonObject = {
  if: { required: ['responseFormat'], properties: { responseFormat: { const: 'json_schema' } } },
  then: { required: ['jsonSchema'], properties: { jsonSchema: { not: { type: 'null' } } } },
};

export const testDataKeys = {
  testData: optional(
    'Test cases: one map each. `expected` is the reference answer, every other key a variable.',
    list(anyMapping()),
  ),
  testDataFile: optional(
    'More cases from a `.csv`, `.tsv`, `.jsonl`, `.json` or `.yaml` file, relative to this file.',
    dataPath(),
  ),
};

export const budgetSchema = mapping({
  maxCostUsd: optional('US dollars.', above(0)),
  maxCalls: optional('Calls to a model.', whole(1)),
  maxMinutes: optional('Minutes.', above(0)),
});
