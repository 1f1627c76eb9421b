import * as z from 'zod/mini';
import type { PromptKind } from '../../domain/promptFile.ts';
import {
  answerKeys,
  answerRules,
  budgetSchema,
  headKeys,
  filePath,
  messageList,
  modelKeys,
  testDataKeys,
  variablesSchema,
} from './commonSchema.ts';
import { evaluatorsKey } from './evaluatorSchema.ts';
import {
  atLeast,
  between,
  checkedLater,
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
import type { SchemaNode } from './fields.ts';

const variables = optional(
  'The variables of the templates: what each is for, its default, its allowed values.',
  variablesSchema,
);

const promptSchema = checkedLater(
  answerRules,
  mapping({
    ...headKeys('prompt'),
    ...modelKeys,
    messages: meaning('The conversation to send.', checkedLater({ minItems: 1 }, messageList())),
    variables,
    ...answerKeys,
    ...testDataKeys,
    ...evaluatorsKey,
  }),
);

const skillSchema = checkedLater(
  answerRules,
  mapping({
    ...headKeys('skill'),
    ...modelKeys,
    instructions: meaning('What the skill does and how; becomes the system message. A template.', verbatim()),
    files: optional(
      'Files attached to the system message, relative to this file, in this order.',
      list(filePath()),
    ),
    messages: optional(
      'What is said after the instructions. Default: one user message `{{input}}`.',
      messageList(),
    ),
    variables,
    ...answerKeys,
    ...testDataKeys,
    ...evaluatorsKey,
  }),
);

const stepSchema = mapping({
  name: optional(
    'What later steps call it: `{{steps.<name>.output}}`. Default: `step-1`, `step-2` …',
    text(),
  ),
  use: meaning('The prompt, skill or chain to run: its name, or its path relative to this file.', text()),
  with: optional(
    "Values for its variables, as templates: `{{input}}` is the chain's input, `{{previous}}` the previous output, `{{steps.<name>.output}}` any earlier one.",
    mapOf(z.nullable(verbatim())),
  ),
  ...modelKeys,
});

const chainSchema = mapping({
  ...headKeys('chain'),
  ...modelKeys,
  steps: meaning(
    "What to run, in order. Each step's `input` is the previous step's output.",
    checkedLater({ minItems: 1 }, list(stepSchema)),
  ),
  ...testDataKeys,
  ...evaluatorsKey,
});

const variantSchema = mapping({
  prompt: meaning('The prompt, skill or chain to test: its name, or its path relative to this file.', text()),
  label: optional('What the variant is called in reports.', text()),
  ref: optional('A git revision: that version of the file is tested.', text()),
  ...modelKeys,
});

export const metricNames = ['quality', 'passRate', 'successRate', 'latency', 'tokens', 'cost'] as const;

const abTestSchema = mapping({
  ...headKeys('abtest'),
  variants: meaning(
    'What is compared: two or more, each a name or a mapping.',
    checkedLater({ minItems: 2 }, list(z.union([text(), variantSchema]))),
  ),
  ...testDataKeys,
  ...evaluatorsKey,
  groupBy: optional(
    'A key of the cases. Cases with the same value (the same document, the same conversation) count as one.',
    text(),
  ),
  metric: optional(
    'What decides. Default: `quality` where answers are scored, else `successRate`.',
    textOf(metricNames),
  ),
  repetitions: optional(
    'Runs of each case. Default: 1, or 3 where sampling is random and the score is yes or no.',
    whole(1),
  ),
  confidence: optional('How sure a verdict must be. Default 0.95.', between(0.5, 0.9999)),
  minEffect: optional('The smallest difference worth having. Default 0.05.', atLeast(0.0001)),
  stopEarly: optional('Stop as soon as the verdict is certain. Default false.', z.boolean()),
  concurrency: optional('Calls at the same time. Default: 1 for `ollama` and `builtin`, else 4.', whole(1)),
  budget: optional('Reaching one of these stops the run, with what is there.', budgetSchema),
});

export type RawPrompt = z.output<typeof promptSchema>;
export type RawSkill = z.output<typeof skillSchema>;
export type RawChain = z.output<typeof chainSchema>;
export type RawAbTest = z.output<typeof abTestSchema>;
export type RawHead = Pick<RawPrompt, 'name' | 'description' | 'tags' | 'metadata'>;
export type RawModel = Pick<RawPrompt, 'backend' | 'model' | 'modelParameters'>;
export type RawTests = Pick<RawPrompt, 'testData' | 'testDataFile'>;
export type RawEvaluator = NonNullable<RawPrompt['evaluators']>[number];

/** The one source of types, validation, JSON Schemas, completion and hover. */
export const schemaOf = {
  prompt: promptSchema,
  skill: skillSchema,
  chain: chainSchema,
  abtest: abTestSchema,
} as const satisfies Record<PromptKind, SchemaNode>;
