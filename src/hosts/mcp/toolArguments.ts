// Arguments that several tools take.
import * as z from 'zod/v4';
import type { JsonObject } from '../../core/domain/json.ts';

export const nameArgument = (what: string) =>
  z.string().min(1).max(200).describe(`${what}, by name or by its path below the workspace folder.`);

/** A name to be given: one line, as people write names. Letters that can be written in two ways are written in one. */
export const newNameArgument = z
  .string()
  .min(1)
  .max(120)
  .normalize()
  .regex(/^[^\p{Cc}/\\]*$/u, 'a name is one line, without slashes')
  .regex(/^[^\u202A-\u202E\u2066-\u2069]*$/u, 'a name has no signs that turn the direction of text')
  .regex(/^\S(.*\S)?$/u, 'a name neither begins nor ends with a blank')
  .describe('The name it goes by in the workspace.');

export const versionArgument = z
  .string()
  .optional()
  .describe('Any git revision: a commit, tag, branch, HEAD~1 … Default: the working copy.');

export const backendArgument = z
  .string()
  .optional()
  .describe('ollama, claude, openai, builtin or custom:<name>; beats what the file says.');

export const modelArgument = z
  .string()
  .optional()
  .describe("The backend's model id; <backend>/<id> also names the backend.");

/** A text, or values by variable. They come from JSON, so they are JSON. */
export const valuesArgument = z.union([z.string(), z.record(z.string(), z.unknown())]);

export function toInputs(values: z.output<typeof valuesArgument> | undefined): JsonObject {
  if (values === undefined) return {};
  return typeof values === 'string' ? { input: values } : (values as JsonObject);
}
