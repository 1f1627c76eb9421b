// What the tools answer, as schemas for clients.
import * as z from 'zod/v4';
import { failureCodes } from '../../core/domain/failure.ts';
import { promptKinds } from '../../core/domain/promptFile.ts';

export const fileHeader = z.object({
  name: z.string(),
  kind: z.enum(promptKinds),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  file: z.string().describe('Path below the workspace folder.'),
});

export const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });

export const variable = z.object({
  name: z.string(),
  description: z.string().nullable(),
  required: z.boolean().describe('It has no default and must be given.'),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
});

const position = z.object({ line: z.int(), column: z.int() });

export const finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'information']),
  message: z.string(),
  range: z
    .object({ start: position, end: position })
    .describe('Lines and columns from 1; the end is exclusive.'),
});

export const written = z.object({
  name: z.string(),
  file: z.string(),
  created: z.boolean().describe('false: a file that was there has been changed.'),
  notes: z.array(z.string()).describe('What was done beyond what was asked.'),
  diagnostics: z.array(finding).describe('What is wrong in the file as it is now.'),
});

const failure = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  hint: z.string(),
  retryable: z.boolean(),
});

const step = z.object({
  name: z.string(),
  backend: z.string(),
  model: z.string(),
  success: z.boolean(),
  output: z.string(),
  failure: failure.nullable(),
  timing: z.object({ totalMs: z.number(), firstTextMs: z.number().nullable() }),
  usage: z.object({
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
    cachedInputTokens: z.number().nullable(),
  }),
  costUsd: z.number().nullable().describe('US dollars; null: not known.'),
  attempts: z.number(),
  cached: z.boolean(),
  finishReason: z.string().nullable(),
});

/** The document `promptly run --json` prints. */
export const runResult = z.object({
  schemaVersion: z.literal(1),
  kind: z.string(),
  ...step.shape,
  steps: z
    .array(step.extend({ input: z.string() }))
    .readonly()
    .optional()
    .describe('The steps of a chain, in order.'),
});
